// Leaders, administrators and the public: pages that stand still, with small comforts.
import "./ui/theme.js";
