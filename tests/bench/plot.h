// The figures as a picture: orders a second against connections and against the
// size of the file.

#pragma once

#include <filesystem>

#include "bench/report.h"

namespace topupd::bench {

// Throws std::runtime_error if the file can't be written.
void draw(const Report& report, const std::filesystem::path& path);

}  // namespace topupd::bench
