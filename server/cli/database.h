// The database file for a verb that only reads it.

#pragma once

#include <filesystem>
#include <stdexcept>

#include "config.h"

namespace topupd::cli {

// Throws std::runtime_error where there is none.
inline std::filesystem::path existing_database(const Config& config) {
  auto file = std::filesystem::path{config.server.data} / "topup.db";
  if (!std::filesystem::exists(file)) throw std::runtime_error{"there is no " + file.string()};
  return file;
}

}  // namespace topupd::cli
