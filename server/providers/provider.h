// What the server asks of a supplier of top-ups.
//
// One file per supplier implements this; nothing outside that file knows its
// protocol.  An answer is one of five things, and only `failure` says for sure
// that nothing was or will be delivered.

#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "topup/provider.h"

namespace topupd {

struct Purchase {
  std::string reference;             // our attempt's own, the same whenever it is asked about
  std::string sku;                   // the supplier's word for the service
  std::string target;                // the number that it is sent to
  std::int64_t max_cost_rupiah = 0;  // what it may cost at most; 0 where the supplier takes none
};

struct Answer {
  enum class Kind {
    success,
    pending,    // accepted, not final
    failure,    // for sure: a documented final word
    not_found,  // the supplier does not know the reference; proves nothing by itself
    unknown,    // no answer, or one that says nothing: it may have happened
  };
  enum class FailOver {
    useless,  // another supplier would fail too
    safe,     // another supplier may succeed
  };

  Kind kind = Kind::unknown;
  FailOver fail_over = FailOver::useless;  // of a failure
  std::string sn;                          // of a success; may be empty and come later
  std::optional<std::int64_t> cost;        // rupiah taken by a success, where the supplier says so
  std::string provider_reference;          // the supplier's own id; empty if it gave none
  std::string code;                        // the supplier's own word for what happened
  std::string raw;                         // the answer as it came, without secrets and targets
};

// What something would be sent to.
struct Account {
  std::string sku;     // the supplier's word for what would be sent
  std::string target;  // as in a purchase
};

// Whose account it is.
struct Nickname {
  enum class Kind {
    known,
    not_found,  // for sure: nobody has that account
    unknown,    // no answer, or one that says nothing
  };

  Kind kind = Kind::unknown;
  std::string name;  // of a known one, as the supplier writes it
};

// The reference of the purchase, and what became of it.
using CallbackSink = std::function<void(std::string reference, Answer answer)>;

// Thread-safe.  The calls block for at most the sheet's answer_timeout and
// never throw: a broken line is `unknown`.
class Provider {
 public:
  virtual ~Provider() = default;

  virtual std::string_view name() const = 0;  // as in topup::Provider; the same for ever
  virtual topup::CapabilitySheet sheet() const = 0;

  // Buys, once per reference if the sheet says client_reference.  A reference
  // that was used for something else buys nothing and is `unknown`, since what
  // it stands for may well have happened.
  virtual Answer purchase(const Purchase& purchase) = 0;

  // What became of it, by the sheet's way.  Not called if that is StatusBy::none.
  virtual Answer status(const Purchase& purchase) = 0;

  // Suppliers of games often tell whose account a number is, by a call that costs nothing and is
  // no part of a purchase.  Whether this one does, for that product of its own:
  virtual bool tells_nickname(std::string_view /*sku*/) const { return false; }
  // Called only then.
  virtual Nickname nickname(const Account& /*account*/) { return {}; }

  // Called once, before the first purchase.  The sink is called from any
  // thread, also within purchase() before that returns, for any reference and
  // as often as the supplier likes.  A sink that throws has not taken the
  // callback; it may come again.
  virtual void on_callback(CallbackSink sink) = 0;
};

}  // namespace topupd
