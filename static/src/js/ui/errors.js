// A page that came back with errors starts at their summary, so that it is read first.
document.getElementById("errors")?.focus();
