// What a customer reads about the state of an invoice.

#pragma once

#include <string_view>

#include "http/pages/invoice.h"
#include "http/pages/wording.h"

namespace topupd::http {

struct Headline {
  Wording title;
  Wording sentence;
};

Headline headline(const Invoice& invoice);

// How far it has come: looks and pictures follow this.
enum class Stage { waiting, working, done, broken, ended };

Stage stage_of(InvoiceState state);

// "waiting", "working", "done", "broken", "ended": the class of what is drawn in its colours.
std::string_view name(Stage stage);

}  // namespace topupd::http
