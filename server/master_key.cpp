#include "master_key.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

namespace topupd {

namespace {

namespace fs = std::filesystem;

constexpr const char* kFileName = "master.key";

[[noreturn]] void fail(const char* what, const fs::path& path, int error) {
  throw MasterKeyError{what + path.string() + ": " + std::generic_category().message(error)};
}

// Closes when it goes.
class Descriptor {
 public:
  explicit Descriptor(int value) : value_{value} {}
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;

  operator int() const { return value_; }  // NOLINT(google-explicit-constructor): it is one

 private:
  int value_;
};

void write_file(const fs::path& path, std::string_view text) {
  const Descriptor file{open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (file < 0) fail("Can't create ", path, errno);
  if (write(file, text.data(), text.size()) != static_cast<ssize_t>(text.size()) ||
      fsync(file) != 0)
    fail("Can't write ", path, errno);
}

void sync_directory(const fs::path& dir) {
  const Descriptor opened{open(dir.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  if (opened < 0 || fsync(opened) != 0) fail("Can't write ", dir, errno);
}

std::optional<std::string> variable_text() {
  const char* text = std::getenv(kMasterKeyVariable);  // NOLINT(concurrency-mt-unsafe): at start
  return text == nullptr ? std::nullopt : std::optional<std::string>{text};
}

}  // namespace

MasterKey master_key_from_text(const std::string& text) {
  const auto bytes = key_from_text(text);
  if (!bytes)
    throw MasterKeyError{std::string{kMasterKeyVariable} +
                         " must be 32 bytes, as 64 hex digits or as base 64."};
  return MasterKey{*bytes};
}

fs::path master_key_file(const fs::path& dir) { return dir / kFileName; }

std::string key_file_text(const MasterKey& key) {
  const auto& bytes = key.bytes();
  return to_hex({reinterpret_cast<const char*>(bytes.data()), bytes.size()}) + "\n";
}

std::optional<MasterKey> load_master_key(const fs::path& dir) {
  return load_key_file(master_key_file(dir));
}

std::optional<MasterKey> load_key_file(const fs::path& path) {
  const Descriptor file{open(path.c_str(), O_RDONLY | O_CLOEXEC)};
  if (file < 0 && errno == ENOENT) return std::nullopt;
  if (file < 0) fail("Can't open ", path, errno);

  struct stat status {};
  if (fstat(file, &status) != 0) fail("Can't examine ", path, errno);
  if ((status.st_mode & 0077) != 0)
    throw MasterKeyError{"Others may read " + path.string() + ". Say: chmod 600 " + path.string()};

  char text[128];
  const auto length = read(file, text, sizeof text);
  if (length < 0) fail("Can't read ", path, errno);
  std::string_view digits{text, static_cast<std::size_t>(length)};
  while (!digits.empty() && (digits.back() == '\n' || digits.back() == '\r'))
    digits.remove_suffix(1);
  const auto bytes = key_from_text(digits);
  if (!bytes) throw MasterKeyError{path.string() + " is no key: it must hold 64 hex digits."};
  return MasterKey{*bytes};
}

MasterKey random_master_key() {
  MasterKey::Bytes bytes;
  random_bytes(bytes);
  return MasterKey{bytes};
}

MasterKey create_master_key(const fs::path& dir) {
  const auto key = random_master_key();

  const auto path = master_key_file(dir);
  const auto draft = dir / (std::string{kFileName} + "." + random_token());
  write_file(draft, key_file_text(key));
  // A link, unlike a renaming, never replaces a key that is there.
  const int linked = link(draft.c_str(), path.c_str());
  const int error = errno;
  unlink(draft.c_str());
  if (linked != 0) fail("Can't create ", path, error);
  sync_directory(dir);
  return key;
}

MasterKey load_or_create_master_key(const fs::path& dir,
                                    const std::optional<std::string>& variable) {
  if (variable) return master_key_from_text(*variable);
  if (auto key = load_master_key(dir)) return *key;
  return create_master_key(dir);
}

std::optional<MasterKey> master_key_of_environment() {
  const auto variable = variable_text();
  return variable ? std::optional{master_key_from_text(*variable)} : std::nullopt;
}

MasterKey master_key_of(const fs::path& dir) {
  const auto variable = variable_text();
  const auto database = dir / "topup.db";
  if (!variable && fs::exists(database) && !fs::is_empty(database) &&
      !fs::exists(dir / "master.key"))
    throw MasterKeyError{"there is a database in " + dir.string() +
                         " but no master.key; put back the one it was made with"};
  return load_or_create_master_key(dir, variable);
}

}  // namespace topupd
