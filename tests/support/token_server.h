// TokenServer: an HTTP server on 127.0.0.1 that answers by a table, for token endpoints and identity services.
//
//   TokenServer server;
//   server.Answer("POST /token", R"({"access_token":"t"})");         // status 200
//   server.Answer("GET /x", R"({"error":"no"})", 401, {{"Location", "..."}});
//   server.log();  // what was asked: "POST /token authorization=Basic eA== grant_type=client_credentials\n"
//
// Anything else is answered with 404. Thread safety: all of it.
#pragma once

#include <map>
#include <memory>
#include <string>

namespace tfcpp::test {

class TokenServer {
 public:
  TokenServer();
  ~TokenServer();
  std::string url() const;
  // For all requests of that method and path; `times` > 0: for so many, after which an earlier answer counts again.
  void Answer(const std::string& request, std::string body, int status = 200,
              std::map<std::string, std::string> headers = {}, int times = 0);
  // One line for each request: method, path, the headers that matter, then the parameters of query and form, decoded.
  std::string log() const;
  int count(const std::string& request) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tfcpp::test
