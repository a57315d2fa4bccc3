#include <string>

#include "catch.h"
#include "topup/catalogue.h"

using namespace topup;

TEST_CASE("a target's form is an expression that can be compiled, or refused") {
  struct Row {
    std::string expression;
    bool is_taken;
  };
  for (const auto& [expression, is_taken] : {
           Row{"", true},
           Row{"[0-9]{5,20}", true},
           Row{"[0-9]{5,20", false},
           Row{"62812345678901[0-9]", true},  // no count
           Row{"(a)\\1", false},              // takes too long where it fails
           Row{"a{0,999999999}", false},      // too large a machine
           Row{"a{" + std::string(40, '2') + "}", false},
           Row{"a{2," + std::string(40, '2') + "}", false},
           Row{"(a)\\" + std::string(40, '2'), false},
           Row{std::string(200, 'a'), true},
           Row{std::string(201, 'a'), false},
       }) {
    CAPTURE(expression);
    CHECK(TargetFormat::from(expression).has_value() == is_taken);
  }
}

TEST_CASE("no target keeps its form busy, however it is written") {
  for (const std::string expression :
       {"([0-9]+-?)+", "([0-9]*[-. ]?[0-9]*)*", "(1*)*(1*)*(1*)*(1*)*y", "(1|1|1)*y"}) {
    CAPTURE(expression);
    const auto format = TargetFormat::from(expression);
    REQUIRE(format);
    CHECK_FALSE(format->matches(std::string(60, '1') + "x"));
  }
}

TEST_CASE("a form that counts digits takes as many as it says, and nothing else") {
  struct Row {
    std::string expression;
    std::string target;
    bool matches;
  };
  for (const auto& [expression, target, matches] : {
           Row{"[0-9]{5,20}", "1234", false},
           Row{"[0-9]{5,20}", "12345", true},
           Row{"[0-9]{5,20}", std::string(20, '9'), true},
           Row{"[0-9]{5,20}", std::string(21, '9'), false},
           Row{"[0-9]{5,20}", "1234a", false},
           Row{"[0-9]{5,20}", "12345\n", false},
           Row{"[0-9]{0,2}", "", true},
           Row{"[0-9]{3,3}", "123", true},
           Row{"[0-9]{3}", "123", true},
           Row{"[0-9]{3}", "1234", false},
           Row{"[0-9]{3,}", "1234", true},
           Row{"[0-9]{2,3}[0-9]{1}", "1234", true},  // more than one count
           Row{"[0-9]{2,3}[0-9]{1}", "12", false},
           Row{"[0-9]{1,99}", std::string(64, '1'), true},
           Row{"[0-9]{1,99}", std::string(65, '1'), false},
       }) {
    CAPTURE(expression, target);
    CHECK(TargetFormat::from(expression).value().matches(target) == matches);
  }
  CHECK_FALSE(TargetFormat::from("[0-9]{6,5}"));
}
