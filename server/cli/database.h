// The database file for a verb that only reads it.

#pragma once

#include <filesystem>
#include <stdexcept>

#include "config.h"

namespace topupd::cli {

// The file; throws std::runtime_error if it is missing or empty.
inline std::filesystem::path existing(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) throw std::runtime_error{"there is no " + file.string()};
  if (std::filesystem::is_regular_file(file) && std::filesystem::is_empty(file))
    throw std::runtime_error{file.string() + " is empty: topupd restore brings a backup back"};
  return file;
}

inline std::filesystem::path existing_database(const Config& config) {
  return existing(std::filesystem::path{config.server.data} / "topup.db");
}

}  // namespace topupd::cli
