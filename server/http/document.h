// Bytes that are made once and sent often, with the tag by which a client knows them again.

#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace topupd::http {

struct Document {
  std::string content_type;
  std::string body;
  std::string gzipped;  // the same, smaller
  std::string tag;      // of the body: the same bytes have the same one; without quotes
};

Document make_document(std::string content_type, std::string body);

// 200 with the body, gzipped if the client takes that, or 304 if it names a version that is still
// the present one (RFC 9110, 8.8.3 and 13.1.2).  cache_control is the header's value.
Response answer_with(const Document& document, const Request& request,
                     std::string_view cache_control);

}  // namespace topupd::http
