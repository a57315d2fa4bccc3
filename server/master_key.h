// Where the master key lies: in DIR/master.key, or in the environment.
//
// A database without its key is of little use: its API keys can be neither recognised nor shown.
// Whoever finds a database but no key must therefore not make a new one.

#pragma once

#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>

#include "crypto.h"

namespace topupd {

// what() is a sentence for the operator; it holds no part of a key.
struct MasterKeyError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// The name of the environment variable: 64 hex digits or base 64.
inline constexpr const char* kMasterKeyVariable = "TOPUPD_MASTER_KEY";

// The text of an environment variable; throws MasterKeyError if it is not 32 bytes.
MasterKey master_key_from_text(const std::string& text);

// DIR/master.key.
std::filesystem::path master_key_file(const std::filesystem::path& dir);

// Reads a key's file; empty if there is none.  Throws MasterKeyError if it can't be read, is
// malformed, or may be read by other users of the machine.
std::optional<MasterKey> load_key_file(const std::filesystem::path& path);
std::optional<MasterKey> load_master_key(const std::filesystem::path& dir);  // DIR/master.key

// The content of such a file.
std::string key_file_text(const MasterKey& key);

MasterKey random_master_key();

// Makes a random key and writes DIR/master.key (0600), all of it or nothing, durable when this
// returns.  Throws MasterKeyError if it can't, or if there is one already.
MasterKey create_master_key(const std::filesystem::path& dir);

// The usual start: the variable's text if it is given, else the file, else a new file.
MasterKey load_or_create_master_key(const std::filesystem::path& dir,
                                    const std::optional<std::string>& variable);

// The key in this process's environment, if there is one.  Not while another thread changes the
// environment.
std::optional<MasterKey> master_key_of_environment();

// The same with this process's environment, for whoever opens or makes DIR's database next.  Throws
// MasterKeyError if there is a database but no key: a new one would lose its API keys.  Not while
// another thread changes the environment.
MasterKey master_key_of(const std::filesystem::path& dir);

}  // namespace topupd
