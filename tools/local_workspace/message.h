// HTTP requests and answers as the workspace sees them, apart from any server library.
#pragma once

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tfcpp/json/json.h"

namespace workspace {

struct Request {
  std::string method;
  std::string path;                                             // without the query
  std::vector<std::pair<std::string, std::string>> query = {};  // decoded; keys may repeat
  std::string body = {};
  std::string token = {};  // of "Authorization: Bearer ..."; empty when there is none

  // The first value of a key, or an empty string.
  std::string Query(std::string_view key) const {
    for (const auto& [name, value] : query) {
      if (name == key) return value;
    }
    return "";
  }
};

struct Answer {
  int status = 200;
  tfcpp::Json body = tfcpp::Json::Object({});
};

// As in a Date header.
std::string HttpDate(std::chrono::system_clock::time_point time);

inline Answer Refuse(int status, std::string code, std::string message) {
  return {status, tfcpp::Json::Object({{"error_code", tfcpp::Json::String(std::move(code))},
                                       {"message", tfcpp::Json::String(std::move(message))}})};
}

}  // namespace workspace
