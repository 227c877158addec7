"""What a rehearsal may find, and what to do about each, in sentences."""

from __future__ import annotations

from typing import Final

from workshop.rules.refusals import N_

FIX: Final = "fix"
LOOK: Final = "look"
"""Mend it before people come; have a look at it, and go on all the same."""

#: Code -> whether it must be mended or looked at, what was found, and what to do about it.
FINDINGS: Final[dict[str, tuple[str, str, str]]] = {
    "unreached": (
        FIX,
        N_("Nobody could come in at %(address)s."),
        N_("Check that address. Something between it and the server may block it."),
    ),
    "broke": (
        FIX,
        N_("The rehearsal stopped half way."),
        N_("The server may have been started again. Please rehearse once more."),
    ),
    "late": (
        FIX,
        N_("The rehearsal took much too long, so we ended it."),
        N_("The server’s computer has too much to do. Close other programs, or use a faster one."),
    ),
    "some_out": (
        FIX,
        N_("Only %(people)s of %(asked)s people got in."),
        N_("Try with fewer people. If that works, the server’s computer is too small for this."),
    ),
    "lost": (
        FIX,
        N_("Posts or votes went missing: %(n)s."),
        N_("Please don’t use this server yet. Ask whoever runs it to look at its log."),
    ),
    "doubled": (
        FIX,
        N_("Posts or votes were counted twice: %(n)s."),
        N_("Please don’t use this server yet. Ask whoever runs it to look at its log."),
    ),
    "slow_writes": (
        FIX,
        N_("Saving is slow: it took up to %(ms)s ms."),
        N_("The disk or the database is slow. Move the database to a local disk of its own."),
    ),
    "slow_answers": (
        FIX,
        N_("Answers are slow: a tap waited up to %(ms)s ms."),
        N_("Close other programs on the server’s computer. Use a cable for it, not Wi-Fi."),
    ),
    "slow_screens": (
        FIX,
        N_("News is slow: it took up to %(ms)s ms to reach the phones."),
        N_("The network or the server’s computer is too busy. Try with fewer other programs."),
    ),
    "address_here": (
        FIX,
        N_("Phones can’t open %(address)s. It works on the server’s own computer only."),
        N_("Whoever runs the server sets LONGTABLE_PUBLIC_URL to an address that phones reach."),
    ),
    "address_other": (
        FIX,
        N_("You came by %(came)s, but the server lets live pages in from other addresses only."),
        N_("Use %(address)s, or have LONGTABLE_PUBLIC_URL set to the address you came by."),
    ),
    "projector_slow": (
        FIX,
        N_("The projector is slow: it was up to %(ms)s ms behind."),
        N_("Close other programs and tabs on its computer. Use a cable, not Wi-Fi."),
    ),
    "projector_still": (
        FIX,
        N_("The projector page was open, but it stopped showing what is new."),
        N_("Check the network of its computer, and leave the page in front."),
    ),
    "projector_away": (
        LOOK,
        N_("No projector was seen."),
        N_("Open the projector page on its own computer, and rehearse once more."),
    ),
    "address_near": (
        LOOK,
        N_("%(address)s works in one network only."),
        N_("Phones must be on the same Wi-Fi. Scan the code with your own phone to be sure."),
    ),
    "clock": (
        LOOK,
        N_("The clock of this computer and the server’s are %(minutes)s minutes apart."),
        N_("Timers follow the server, so nothing breaks. Set both clocks right all the same."),
    ),
    "stopped": (
        LOOK,
        N_("You stopped the rehearsal early, so it says less."),
        N_("Let it run to its end when you have a minute."),
    ),
}
