// Tags by which a client knows again what it was sent (RFC 9110, 8.8.3 and 13.1.2).

#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace topupd::http {

// The same bytes have the same one; without quotes.
std::string tag_of(std::string_view body);

// Whether the client names that tag, with its quotes, as one that it has.
bool knows_tag(const Request& request, std::string_view quoted);

// For an answer that was made for this request alone: it gets its tag, or becomes a 304.
Response answer_with_tag(Response response, const Request& request);

}  // namespace topupd::http
