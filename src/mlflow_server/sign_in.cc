#include "mlflow_server/sign_in.h"

#include "tfcpp/base/base64.h"
#include "tfcpp/base/strings.h"

namespace tfcpp::mlflow_server {

SignIn::SignIn(const Config& config) {
  if (!config.tracking_token.empty()) {
    headers_.push_back({"Authorization", Concat("Bearer ", config.tracking_token.Reveal())});
  } else if (!config.tracking_username.empty()) {
    const std::string pair = Concat(config.tracking_username, ":", config.tracking_password.Reveal());
    headers_.push_back({"Authorization", Concat("Basic ", Base64(pair))});
  }
}

Result<std::vector<rest::Header>> SignIn::Headers(const Context&) { return headers_; }

bool SignIn::Invalidate(const std::vector<rest::Header>&) { return false; }

bool RefusesCredentials(const rest::HttpResponse& response) { return response.status == 401; }

}  // namespace tfcpp::mlflow_server
