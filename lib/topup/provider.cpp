#include "topup/provider.h"

#include "topup/words.h"

namespace topup {
namespace {

constexpr Words<StatusBy, 3> kStatusBy{{
    {StatusBy::none, "none"},
    {StatusBy::query, "query"},
    {StatusBy::resend, "resend"},
}};
static_assert(kStatusBy.in_order());

}  // namespace

std::string_view name(StatusBy status) { return kStatusBy.word(status); }

}  // namespace topup
