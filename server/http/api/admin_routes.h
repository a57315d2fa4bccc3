// The routes for operators, a group a file; all of them by the dashboard's session alone.

#pragma once

#include <vector>

#include "http/api/endpoint.h"

namespace topupd::http {

std::vector<Endpoint> admin_user_endpoints();
std::vector<Endpoint> admin_price_endpoints();
std::vector<Endpoint> admin_catalogue_endpoints();
std::vector<Endpoint> admin_import_endpoints();
std::vector<Endpoint> admin_order_endpoints();
std::vector<Endpoint> admin_withdrawal_endpoints();
std::vector<Endpoint> admin_adjustment_endpoints();
std::vector<Endpoint> admin_receipt_endpoints();
std::vector<Endpoint> admin_treasury_endpoints();
std::vector<Endpoint> admin_report_endpoints();
std::vector<Endpoint> admin_ledger_endpoints();
std::vector<Endpoint> admin_deposit_endpoints();
std::vector<Endpoint> admin_audit_endpoints();
std::vector<Endpoint> admin_settings_endpoints();
std::vector<Endpoint> notice_endpoints();  // those of resellers, too

}  // namespace topupd::http
