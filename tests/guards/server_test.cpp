// Each library of others stays behind one file of ours, so that it can be replaced there.

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

struct ThirdParty {
  std::string_view header;         // how the include begins
  std::vector<std::string> files;  // the only ones that may include it; none named: any one file
  std::string_view why;            // more than one needs a reason
};

// clang-format off
const std::vector<ThirdParty> kThirdParty{
    {"<CLI/", {}, ""},
    {"<SQLiteCpp/", {"server/sandbox_db.cpp", "server/store/sqlite.cpp"},
     "the sandbox is an outside party and keeps its state in a file of its own"},
    {"<httplib.h>", {}, ""},
    {"<nlohmann/", {}, ""},
    {"<openssl/", {}, ""},
    {"<png.h>", {}, ""},
    {"<qrcodegen", {}, ""},
    {"<sodium.h>", {"server/crypto.cpp", "server/store/short_hash.cpp"},
     "the store knows nothing of keys and passwords; all it wants is SipHash"},
    {"<sqlite3.h>", {"server/store/gathered_log.cpp", "server/store/sqlite.cpp"},
     "its files are wanted in its own terms, which are no business of a connection"},
    {"<toml++/", {}, ""},
    {"<utf8proc.h>", {}, ""},
    {"<zlib.h>", {"server/api_key.cpp", "server/gzip.cpp"}, "a key's checksum is that of zip"},
};
// clang-format on

// The operating system's, for the process, its files and its sockets.
const std::set<std::string> kSystem{
    "<dirent.h>",  "<fcntl.h>",     "<ifaddrs.h>", "<malloc.h>",  "<netdb.h>",  "<poll.h>",
    "<pthread.h>", "<semaphore.h>", "<signal.h>",  "<termios.h>", "<unistd.h>",
};
constexpr std::array<std::string_view, 5> kSystemFolders{"<arpa/", "<linux/", "<net/", "<netinet/",
                                                         "<sys/"};

bool is_system(const std::string& header) {
  return kSystem.contains(header) ||
         std::any_of(kSystemFolders.begin(), kSystemFolders.end(),
                     [&](std::string_view folder) { return header.starts_with(folder); });
}

bool is_standard(const std::string& header) {
  return header.find_first_of("./") == std::string::npos;
}

bool is_own(const std::string& header) {
  auto path = header.substr(1, header.size() - 2);
  return exists("server/" + path) || (path.starts_with("topup/") && exists("lib/" + path));
}

bool is_third_party(const std::string& header) {
  return std::any_of(kThirdParty.begin(), kThirdParty.end(),
                     [&](const ThirdParty& row) { return header.starts_with(row.header); });
}

bool is_known(const std::string& header) {
  if (header.front() == '"') return is_own(header);
  return is_standard(header) || is_system(header) || is_third_party(header);
}

// The server's files that include a header beginning so.
std::vector<std::string> includers(std::string_view beginning) {
  std::vector<std::string> files;
  for (const auto& file : files_of({"server"}, {".h", ".cpp"})) {
    auto lines = lines_of(file);
    if (std::any_of(lines.begin(), lines.end(),
                    [&](const Line& line) { return included(line).starts_with(beginning); }))
      files.push_back(file);
  }
  return files;
}

}  // namespace

TEST_CASE("the server includes itself, the library, the system and agreed third parties only",
          "[guards]") {
  Offences offences;
  for (const auto& file : files_of({"server"}, {".h", ".cpp"})) {
    for (const auto& line : lines_of(file)) {
      auto header = included(line);
      if (!header.empty() && !is_known(header)) offences.push_back(place(line));
    }
  }
  CHECK(offences == Offences{});
}

TEST_CASE("each third-party header is included by one file, or by those named with a reason",
          "[guards]") {
  for (const auto& [header, files, why] : kThirdParty) {
    INFO(
        header << ": include it in the file that has it, or name yours in kThirdParty and say why");
    auto found = includers(header);
    if (files.empty()) {
      INFO("included by " << Catch::Detail::stringify(found));
      CHECK(found.size() <= 1);
      for (const auto& file : found)
        CHECK(file.ends_with(".cpp"));
    } else {
      CHECK(found == files);
      CHECK_FALSE(why.empty());
    }
    for (const auto& file : found)
      CHECK_FALSE(file.ends_with(".h"));
  }
}
