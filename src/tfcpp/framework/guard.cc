#include "tfcpp/framework/guard.h"

#include <new>
#include <stdexcept>
#include <system_error>

namespace tfcpp {
namespace {

Diagnostic Shortage(std::string_view where, std::string_view what) {
  return {Severity::kError,
          "The machine is out of resources",
          Concat("The operating system refused the provider ", what, " ", where,
                 ". Neither the configuration nor the service is at fault. A call that had been sent may have taken "
                 "effect: look at what the service has before you apply again. Free memory, raise the limits of this "
                 "user or container, or run with a lower -parallelism."),
          {}};
}

Diagnostic Bug(std::string_view where, std::string_view text) {
  return {Severity::kError,
          "The provider has a bug",
          Concat("An unexpected error occurred ", where, text,
                 ". This is a mistake in the provider, not in your configuration. Please report it with this text and, "
                 "if you can, a log made with TF_LOG=TRACE."),
          {}};
}

}  // namespace

Diagnostic DescribeException(std::string_view where) {
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return Shortage(where, "memory");
  } catch (const std::system_error& error) {
    return Shortage(where, Concat("what it asked for (", error.code().message(), ")"));
  } catch (const std::logic_error& error) {
    return Bug(where, Concat(": ", error.what()));  // our own never hold values; other exceptions may
  } catch (...) {
    return Bug(where, "");
  }
}

}  // namespace tfcpp
