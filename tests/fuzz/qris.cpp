#include "gateways/qris.h"

#include <string>

#include "fuzz/targets.h"
#include "gateways/emv.h"

namespace topupd::fuzz {
namespace {

void read_issued(const std::string& text) {
  const auto issued = qris::read_issued(text);
  if (!issued || !issued->amount) return;
  must(*issued->amount >= 0 && *issued->amount <= 9'999'999'999'999, "an amount is in its range");
}

void read_static(const std::string& text) {
  const auto read = qris::read_static(text);
  const auto* code = std::get_if<qris::StaticCode>(&read);
  if (code == nullptr) {
    must(!qris::name(std::get<qris::Refusal>(read).problem).empty(), "a refusal has a name");
    return;
  }
  for (const std::int64_t amount : {0, 1, 12'345, 10'000'000, 10'000'001}) {
    const auto dynamic = qris::with_amount(*code, amount);
    if (!dynamic) continue;
    must(amount >= 1 && amount <= 10'000'000, "no other amount gets into a code");
    const auto issued = qris::read_issued(*dynamic);
    must(issued.has_value(), "a code with an amount can be read");
    must(issued->amount == amount, "a code asks for the amount that was put in");
    must(issued->merchant_name == code->merchant.name, "and for the same merchant");
    const auto again = qris::read_static(*dynamic);
    must(std::holds_alternative<qris::Refusal>(again), "it takes no second amount");
  }
}

}  // namespace

// Nobody hits a checksum by chance, so that the input is read with its own and with the right one.
void read_qris(std::string_view input) {
  const std::string text{input};
  for (const auto& code : {text, emv::sealed(text)}) {
    read_issued(code);
    read_static(code);
  }
  const auto objects = emv::parse(text);
  if (!objects) return;
  std::string whole;
  for (const auto& object : *objects)
    whole += object.whole;
  must(whole == text, "objects are the whole text");
}

}  // namespace topupd::fuzz
