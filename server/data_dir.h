// The directory that holds everything: database, master key, backups.

#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace topupd {

// what() is a sentence for the operator.
struct DataDirError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Sets the process's umask to 0077 and creates `dir`, with its parents, as 0700 if it is missing.
// The mode of a directory that exists is left alone: what is put into it is private all the same.
// Throws DataDirError if it can't be created, is no directory, or lies on a network file system,
// where locks and memory-mapped files do not keep SQLite's promises.
// Call it before there are threads: the umask belongs to the whole process.  Returns `dir`.
std::filesystem::path prepare_data_dir(const std::filesystem::path& dir);

// The right to write in a data directory, held as long as the object lives: an exclusive lock on
// DIR/lock, which ends with the process however it ends.  The file stays behind; that is no lock.
class DataDirLock {
 public:
  // Throws DataDirError at once if somebody else holds it, naming their process id where known.
  explicit DataDirLock(const std::filesystem::path& dir);
  ~DataDirLock();
  DataDirLock(const DataDirLock&) = delete;
  DataDirLock& operator=(const DataDirLock&) = delete;

 private:
  int descriptor_;
};

// The name of a network file system, by the number that statfs() gives and the type that the
// mount table gives (which alone tells the many FUSE ones apart); empty for a local one.
std::optional<std::string> network_file_system(std::int64_t statfs_type,
                                               std::string_view mount_type);

// Raises the limit of open descriptors to the most this process may have, and returns it.
std::uint64_t raise_descriptor_limit();

}  // namespace topupd
