// Two types of one name in one namespace are one type to the linker: it keeps one of their
// destructors for both, and says nothing.

#include <map>
#include <regex>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

using Places = std::map<std::string, std::vector<std::string>>;  // by "namespace::Name"

// Of the types that a file defines for everybody: those at the beginning of a line, outside of
// anonymous namespaces.
void add_types(const std::string& file, Places& places) {
  static const std::regex kOpens{R"(namespace (?:(\w[\w:]*) )?\{.*)"};
  static const std::regex kCloses{R"(\}  // namespace.*)"};
  static const std::regex kType{
      R"((?:struct|class|enum class|union) (\w+)(?: final)?(?: :.*)? \{.*)"};
  std::vector<std::string> spaces;
  for (const auto& line : lines_of(file)) {
    std::smatch found;
    if (std::regex_match(line.text, found, kOpens)) {
      spaces.push_back(found[1]);
    } else if (std::regex_match(line.text, kCloses) && !spaces.empty()) {
      spaces.pop_back();
    } else if (std::regex_match(line.text, found, kType)) {
      std::string name;
      bool is_hidden = false;
      for (const auto& space : spaces) {
        is_hidden = is_hidden || space.empty();
        name += space + "::";
      }
      if (!is_hidden) places[name + found[1].str()].push_back(place(line));
    }
  }
}

Places types_of(const std::vector<std::string>& folders) {
  Places places;
  for (const auto& file : files_of(folders, {".h", ".cpp"}))
    add_types(file, places);
  return places;
}

}  // namespace

TEST_CASE("no two types of the library and the server have one name", "[guards]") {
  const auto types = types_of({"lib", "server"});
  CHECK(types.contains("topup::Order"));  // the rule can fail
  Offences offences;
  for (const auto& [name, places] : types)
    if (places.size() > 1) offences.push_back(places[0] + " and " + places[1]);
  CHECK(offences == Offences{});
}

TEST_CASE("no test has a type of the name of one that it tests", "[guards]") {
  const auto types = types_of({"lib", "server"});
  Offences offences;
  for (const auto& [name, places] : types_of({"tests"}))
    if (types.contains(name)) offences.push_back(places[0]);
  CHECK(offences == Offences{});
}
