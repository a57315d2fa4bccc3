#include "http/api/routes.h"

#include "http/api/admin_routes.h"

namespace topupd::http {

const std::vector<Endpoint>& api_endpoints() {
  static const std::vector<Endpoint> kAll = [] {
    std::vector<Endpoint> endpoints;
    for (const auto& group : {auth_endpoints(),
                              otp_endpoints(),
                              user_endpoints(),
                              service_endpoints(),
                              nickname_endpoints(),
                              order_endpoints(),
                              payment_endpoints(),
                              profit_endpoints(),
                              summary_endpoints(),
                              shop_endpoints(),
                              news_endpoints(),
                              admin_user_endpoints(),
                              admin_price_endpoints(),
                              admin_catalogue_endpoints(),
                              admin_import_endpoints(),
                              admin_order_endpoints(),
                              admin_withdrawal_endpoints(),
                              admin_adjustment_endpoints(),
                              admin_receipt_endpoints(),
                              admin_treasury_endpoints(),
                              admin_report_endpoints(),
                              admin_ledger_endpoints(),
                              admin_deposit_endpoints(),
                              admin_audit_endpoints(),
                              admin_settings_endpoints(),
                              notice_endpoints()})
      endpoints.insert(endpoints.end(), group.begin(), group.end());
    return endpoints;
  }();
  return kAll;
}

}  // namespace topupd::http
