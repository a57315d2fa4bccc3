// Files that get their names once they are whole.

#include "store/draft.h"

#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <string>

#include "catch.h"
#include "process/temp_dir.h"
#include "store/errors.h"

using namespace topupd;

namespace {

namespace fs = std::filesystem;

std::string content_of(const fs::path& file) {
  std::string text;
  std::getline(std::ifstream{file}, text);
  return text;
}

// How a file that is to be "made" gets its name.
struct Way {
  void (*name)(Draft& draft);
  bool replaces;
};
constexpr Way kWays[] = {
    {[](Draft& draft) { draft.become_new(); }, false},
    {[](Draft& draft) { draft.replace(); }, true},
};

// While it lives, nothing of a name that ends so can be made durable.
class BrokenDisk {
 public:
  explicit BrokenDisk(const char* end) { broken = end; }
  ~BrokenDisk() { broken = nullptr; }
  BrokenDisk(const BrokenDisk&) = delete;
  BrokenDisk& operator=(const BrokenDisk&) = delete;

  static bool is_broken(int descriptor) {
    const char* end = broken;
    if (end == nullptr) return false;
    auto name = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor)).string();
    return name.ends_with(end);
  }

 private:
  inline static std::atomic<const char*> broken = nullptr;
};

}  // namespace

// In the place of the system's.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): theirs is reserved.
extern "C" int fsync(int descriptor) {
  if (BrokenDisk::is_broken(descriptor)) {
    errno = EIO;
    return -1;
  }
  return static_cast<int>(syscall(SYS_fsync, descriptor));
}

TEST_CASE("a file gets its name once it is durable", "[store]") {
  for (const auto& way : kWays) {
    TempDir dir;
    auto file = dir.path() / "made";
    if (way.replaces) std::ofstream{file} << "before";
    {
      Draft draft{file};
      draft.write("after");
      BrokenDisk disk{".part"};
      CHECK_THROWS_AS(way.name(draft), StoreUnusable);
    }
    CHECK(content_of(file) == (way.replaces ? "before" : ""));
    CHECK_FALSE(fs::exists(with(file, ".part")));
    Draft draft{file};
    draft.write("after");
    way.name(draft);
    CHECK(content_of(file) == "after");
  }
}

TEST_CASE("a name that may be gone after a power cut is no success", "[store]") {
  for (const auto& way : kWays) {
    TempDir dir;
    Draft draft{dir.path() / "made"};
    auto folder = dir.path().string();
    BrokenDisk disk{folder.c_str()};
    CHECK_THROWS_AS(way.name(draft), StoreUnusable);
  }
}
