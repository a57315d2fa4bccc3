#include "version.h"

namespace topupd {

std::string version_text() { return "topupd 0.1.0\n"; }

}  // namespace topupd
