#include <sys/mman.h>
#include <unistd.h>

#include <stdexcept>
#include <string>

#include "config.h"
#include "fuzz/targets.h"

namespace topupd::fuzz {
namespace {

// A file that is nowhere but in memory.
class MemoryFile {
 public:
  explicit MemoryFile(std::string_view content) : descriptor_{memfd_create("settings", 0)} {
    if (write(descriptor_, content.data(), content.size()) != static_cast<ssize_t>(content.size()))
      throw std::runtime_error{"no memory for a file"};
  }
  ~MemoryFile() { close(descriptor_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

}  // namespace

void read_settings(std::string_view input) {
  const MemoryFile file{input};
  try {
    const auto config = load_config({{{"config", file.path()}}, {}});
    must(config.server.threads > 0, "what is accepted is in its range");
    must(config.deposit.min <= config.deposit.max, "what is accepted goes together");
    must(!public_url(config, 1).empty(), "a shop has an address");
  } catch (const ConfigError& refusal) {
    must(*refusal.what() != '\0', "a refusal says why");
  }
}

}  // namespace topupd::fuzz
