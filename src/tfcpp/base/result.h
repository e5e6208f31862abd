// SPDX-License-Identifier: Apache-2.0
// Result<T>: a value or an Error. Spelled like std::expected (C++23), so that a later switch is an alias.
//
//   Result<Thing> found = client.Find(id);
//   if (!found.has_value()) return found.error();
//   Use(found->name);
//
// Error says that one call failed; what a user reads is a Diagnostic (tfcpp/value/diagnostics.h), made from it in one
// place. Thread safety: as the contained value. Misuse (value() of an error) throws std::logic_error: it is a bug.
#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

namespace tfcpp {

enum class ErrorCode {
  kInvalidArgument,
  kUnauthenticated,
  kPermissionDenied,
  kNotFound,
  kAlreadyExists,
  kResourceExhausted,  // too many requests
  kCancelled,          // a stop was requested
  kDeadlineExceeded,
  kUnavailable,  // no connection, or the service cannot answer now
  kMalformed,    // an answer or an input that is not of the expected form
  kUnimplemented,
  kInternal,
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message = {};  // a sentence for people; never holds a secret
  std::string reason = {};  // the service's own code (RESOURCE_DOES_NOT_EXIST), or empty; decide on this, never on text
  // True when the call may have taken effect although it failed: the answer to a write was lost or cut.
  bool may_have_acted = false;
  std::string attribute = {};  // of the input, by its name there, that the service refuses; empty: it does not say

  friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: likewise

  bool has_value() const { return state_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  const T& value() const& { return (Require(0), std::get<0>(state_)); }
  T& value() & { return (Require(0), std::get<0>(state_)); }
  T&& value() && { return (Require(0), std::get<0>(std::move(state_))); }
  const Error& error() const& { return (Require(1), std::get<1>(state_)); }
  Error&& error() && { return (Require(1), std::get<1>(std::move(state_))); }

  const T& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  const T* operator->() const { return &value(); }
  T* operator->() { return &value(); }

 private:
  void Require(std::size_t index) const {
    if (state_.index() == index) return;
    throw std::logic_error(index == 0 ? "Result: no value, but error: " + std::get<1>(state_).message
                                      : "Result: no error, but a value");
  }
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)), failed_(true) {}  // NOLINT: implicit on purpose

  bool has_value() const { return !failed_; }
  explicit operator bool() const { return has_value(); }
  const Error& error() const {
    if (!failed_) throw std::logic_error("Result: no error, but success");
    return error_;
  }

 private:
  Error error_;
  bool failed_ = false;
};

}  // namespace tfcpp

#define TFCPP_CONCAT_INNER(a, b) a##b
#define TFCPP_CONCAT(a, b) TFCPP_CONCAT_INNER(a, b)

// TFCPP_RETURN_IF_ERROR(Check()); returns the error from the enclosing function, which returns some Result.
#define TFCPP_RETURN_IF_ERROR(expression)                                                                    \
  do {                                                                                                       \
    if (auto tfcpp_result = (expression); !tfcpp_result.has_value()) return std::move(tfcpp_result).error(); \
  } while (false)

// TFCPP_ASSIGN_OR_RETURN(auto thing, Find(id));
#define TFCPP_ASSIGN_OR_RETURN(declaration, expression)              \
  auto TFCPP_CONCAT(tfcpp_result_, __LINE__) = (expression);         \
  if (!TFCPP_CONCAT(tfcpp_result_, __LINE__).has_value())            \
    return std::move(TFCPP_CONCAT(tfcpp_result_, __LINE__)).error(); \
  declaration = *std::move(TFCPP_CONCAT(tfcpp_result_, __LINE__))
