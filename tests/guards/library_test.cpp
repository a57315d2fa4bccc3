// The library stands on the standard library alone and touches nothing of the machine's.

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

#include "catch.h"
#include "guards/source_tree.h"

namespace {

// Standard headers that would bring in a clock, chance, a thread, a file or a console.
const std::set<std::string> kForeignToTheLibrary{
    "<atomic>",     "<condition_variable>",
    "<cstdio>",     "<ctime>",
    "<filesystem>", "<fstream>",
    "<future>",     "<iostream>",
    "<mutex>",      "<random>",
    "<thread>",     "<shared_mutex>",
    "<semaphore>",  "<csignal>",
    "<syncstream>",
};

// The same as words, for what other headers let through.
constexpr std::array<std::string_view, 18> kForeignWords{
    "system_clock", "steady_clock",  "high_resolution_clock",
    "utc_clock",    "random_device", "mt19937",
    "rand",         "srand",         "time",
    "thread",       "mutex",         "cout",
    "cerr",         "printf",        "fopen",
    "ifstream",     "ofstream",      "getenv",
};

// A Store may be called from many threads; the one in maps therefore locks, and nothing else does.
const std::string kLocks = "lib/topup/memory_store.cpp";

bool is_standard(const std::string& header) {
  return header.starts_with('<') && header.find_first_of("./") == std::string::npos &&
         !kForeignToTheLibrary.contains(header);
}

bool is_own(const std::string& header) {
  return header.starts_with("\"topup/") && exists("lib/" + header.substr(1, header.size() - 2));
}

std::vector<Line> library_lines() {
  std::vector<Line> all;
  for (const auto& file : files_of({"lib"}, {".h", ".cpp"})) {
    auto lines = lines_of(file);
    all.insert(all.end(), lines.begin(), lines.end());
  }
  return all;
}

bool names_foreign_word(const Line& line) {
  auto code = std::string_view{line.text}.substr(0, line.text.find("//"));
  return std::any_of(kForeignWords.begin(), kForeignWords.end(), [&](std::string_view word) {
    bool lock = word == "mutex" && line.file == kLocks;
    return !lock && has_word(code, "::" + std::string{word});
  });
}

// What the library may need from outside, as the beginning of a name that nm has made readable.
const std::vector<std::string_view> kNeeded{"topup::",         "std::",       "operator new",
                                            "operator delete", "vtable for ", "VTT for ",
                                            "typeinfo for "};
const std::vector<std::string_view> kNeededFromTheCompiler{"__cxa_",
                                                           "__cxx",
                                                           "__dso_handle",
                                                           "__dynamic_cast",
                                                           "__gxx_personality_v0",
                                                           "__gcc_personality_v0",
                                                           "_GLOBAL_OFFSET_TABLE_",
                                                           "_Unwind_Resume",
                                                           "__assert_fail",
                                                           "__stack_chk_fail",
                                                           "abort"};
const std::vector<std::string_view> kNeededForText{
    "bcmp",   "memchr", "memcmp", "memcpy", "memmove",   "memset",
    "strchr", "strcmp", "strlen", "strtol", "vsnprintf", "__errno_location"};
const std::vector<std::string_view> kNeededBySanitizers{
    "__asan_", "__ubsan_", "__tsan_", "__sanitizer_", "__start_asan_", "__stop_asan_"};
const std::set<std::string_view> kNeededByTheLock{"pthread_mutex_lock", "pthread_mutex_unlock"};
const std::set<std::string_view> kNeededBySharedPointers{"__libc_single_threaded"};

// What the standard library has and ours may not use, anywhere in such a name.
const std::vector<std::string_view> kForeignSymbols{
    "clock::now",    "condition_variable", "filebuf",   "filesystem", "fstream",   "ios_base::Init",
    "random_device", "std::__basic_file",  "std::cerr", "std::cin",   "std::cout", "std::thread",
};

bool begins_with_one_of(std::string_view text, const std::vector<std::string_view>& beginnings) {
  return std::any_of(beginnings.begin(), beginnings.end(),
                     [&](std::string_view beginning) { return text.starts_with(beginning); });
}

bool may_be_needed(std::string_view symbol) {
  if (kNeededByTheLock.contains(symbol) || kNeededBySharedPointers.contains(symbol)) return true;
  bool needed =
      begins_with_one_of(symbol, kNeeded) || begins_with_one_of(symbol, kNeededFromTheCompiler) ||
      begins_with_one_of(symbol, kNeededForText) || begins_with_one_of(symbol, kNeededBySanitizers);
  return needed && std::none_of(kForeignSymbols.begin(), kForeignSymbols.end(),
                                [&](std::string_view foreign) {
                                  return symbol.find(foreign) != std::string_view::npos;
                                });
}

}  // namespace

TEST_CASE("the library includes nothing but itself and the pure part of the standard library",
          "[guards]") {
  Offences offences;
  for (const auto& line : library_lines()) {
    auto header = included(line);
    bool lock = header == "<mutex>" && line.file == kLocks;
    if (!header.empty() && !is_standard(header) && !is_own(header) && !lock)
      offences.push_back(place(line));
  }
  CHECK(offences == Offences{});
}

TEST_CASE("the library has no clock, no chance, no thread and no output", "[guards]") {
  Offences offences;
  for (const auto& line : library_lines()) {
    if (names_foreign_word(line)) offences.push_back(place(line));
  }
  CHECK(offences == Offences{});
}

TEST_CASE("the library's archive asks the system for no file, socket, clock or thread",
          "[guards]") {
  Offences offences;
  int seen = 0;
  for (const auto& line : output_of("nm -u -C '" TOPUP_CORE_ARCHIVE "'")) {
    auto at = line.find_first_not_of(' ');
    if (at == std::string::npos || line.size() < at + 2 || line[at + 1] != ' ') continue;
    ++seen;
    auto symbol = line.substr(at + 2);
    if (!may_be_needed(symbol)) offences.push_back(symbol);
  }
  CHECK(offences == Offences{});
  CHECK(seen > 0);
}
