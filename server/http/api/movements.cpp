#include "http/api/movements.h"

#include <string_view>

#include "wib.h"

namespace topupd::http {

namespace {

std::string_view words_for(topup::EntryKind kind) {
  using topup::EntryKind;
  switch (kind) {
    case EntryKind::deposit_settled: return "Deposit";
    case EntryKind::suspense_credited: return "Pembayaran dikreditkan";
    case EntryKind::order_held: return "Pesanan";
    case EntryKind::order_voided: return "Pengembalian pesanan gagal";
    case EntryKind::dropship_succeeded: return "Profit pesanan dropship";
    case EntryKind::dropship_failed: return "Dana pesanan dropship yang gagal";
    case EntryKind::customer_refunded: return "Pengembalian dana customer";
    case EntryKind::success_reversed: return "Pesanan dibatalkan provider";
    case EntryKind::late_recovered: return "Pembayaran pesanan yang terlambat berhasil";
    case EntryKind::recovery_refunded: return "Pengembalian pembayaran pesanan yang terlambat";
    case EntryKind::withdrawal_requested: return "Tarik profit";
    case EntryKind::withdrawal_paid: return "Tarik profit dibayar";
    case EntryKind::withdrawal_rejected: return "Tarik profit ditolak";
    case EntryKind::adjustment: return "Koreksi";
    case EntryKind::profit_transferred: return "Pindah profit ke saldo";
    case EntryKind::payment_taken_back: return "Pembayaran ditarik kembali";
    case EntryKind::debt_repaid: return "Pelunasan utang";
    case EntryKind::capital_paid_in:
    case EntryKind::prefund_sent:
    case EntryKind::prefund_confirmed:
    case EntryKind::payment_unallocated:
    case EntryKind::suspense_returned:
    case EntryKind::gateway_paid_out:
    case EntryKind::attempt_submitted:
    case EntryKind::attempt_failed:
    case EntryKind::order_captured:
    case EntryKind::dropship_paid:
    case EntryKind::late_success:
    case EntryKind::late_reversed:
    case EntryKind::delivery_replaced: return "Mutasi";
  }
  __builtin_unreachable();
}

std::string code_of_receipt(const topup::View& view, std::int64_t id) {
  const auto receipt = view.receipt(topup::ReceiptId{id});
  if (!receipt || !receipt->charge) return "";
  const auto charge = view.charge(receipt->charge);
  return charge ? charge->code : "";
}

// What the entry is about, by the id that its owner knows.
std::string ref_of(const topup::View& view, const topup::StoredEntry& entry) {
  using topup::EntrySlot;
  switch (topup::slot_of(entry.kind)) {
    case EntrySlot::order_hold:
    case EntrySlot::order_done:
    case EntrySlot::order_refund:
    case EntrySlot::order_reversal:
    case EntrySlot::order_recovery:
    case EntrySlot::recovery_refund: {
      const auto order = view.order(topup::OrderId{entry.ref});
      return order ? order->invoice : "";
    }
    case EntrySlot::payment:
    case EntrySlot::suspense:
    case EntrySlot::payment_back: return code_of_receipt(view, entry.ref);
    case EntrySlot::withdrawal_request:
    case EntrySlot::withdrawal_final:
    case EntrySlot::adjustment:
    case EntrySlot::transfer:
    case EntrySlot::treasury: return std::to_string(entry.ref);
    case EntrySlot::prefund_send:
    case EntrySlot::prefund_confirm:
    case EntrySlot::attempt_submit:
    case EntrySlot::attempt_fail:
    case EntrySlot::attempt_late:
    case EntrySlot::attempt_reversal: return "";
  }
  __builtin_unreachable();
}

}  // namespace

std::vector<Movement> movements_of(const topup::View& view,
                                   const std::vector<topup::StatementLine>& lines) {
  std::vector<Movement> movements;
  movements.reserve(lines.size());
  for (const auto& line : lines) {
    auto ref = ref_of(view, line.entry);
    std::string description{words_for(line.entry.kind)};
    if (!ref.empty()) description += " " + ref;
    movements.push_back({to_wib(line.entry.at), std::string{topup::name(line.entry.kind)},
                         std::move(description), line.amount, line.after, std::move(ref)});
  }
  return movements;
}

}  // namespace topupd::http
