// SPDX-License-Identifier: Apache-2.0
// gRPC's core configuration with the parts a server uses, in place of the library's own. That one names every client
// feature too (xDS, RLS, load balancing, resolvers), which nothing here can reach: 2.8 MB of the binary, and work at
// each start (docs/dev/adr/0006-server-only-grpc-registry.md).
//
// The symbols are internal to gRPC and their headers are not installed, so they are declared here. This fits gRPC 1.51
// alone; the check below stops the build on any other. Linked into programs only: a test that is a gRPC client needs
// the library's own. Tested on the released binary by tests/e2e/binary_test.py.
#include <grpcpp/channel.h>
#include <grpcpp/support/client_interceptor.h>
#include <grpcpp/version_info.h>

#include <memory>
#include <string>
#include <vector>

static_assert(GRPC_CPP_VERSION_MAJOR == 1 && GRPC_CPP_VERSION_MINOR == 51,
              "Compare with BuildCoreConfiguration of this version of gRPC: which of its parts does a server use?");

// How gRPC spells these is not ours to choose; the type is only ever passed on.
namespace grpc_core {

class CoreConfiguration {
 public:
  class Builder;
};

void SecurityRegisterHandshakerFactories(CoreConfiguration::Builder* builder);
void RegisterHttpFilters(CoreConfiguration::Builder* builder);
void RegisterDeadlineFilter(CoreConfiguration::Builder* builder);
void RegisterMessageSizeFilter(CoreConfiguration::Builder* builder);
void RegisterResourceQuota(CoreConfiguration::Builder* builder);
void RegisterSecurityFilters(CoreConfiguration::Builder* builder);
void RegisterBuiltins(CoreConfiguration::Builder* builder);

}  // namespace grpc_core

namespace grpc_event_engine::experimental {

void RegisterEventEngineChannelArgPreconditioning(grpc_core::CoreConfiguration::Builder* builder);

}  // namespace grpc_event_engine::experimental

namespace grpc_core {

void BuildCoreConfiguration(CoreConfiguration::Builder* builder);

// In the order of the library's own, which filters of equal priority depend on.
void BuildCoreConfiguration(CoreConfiguration::Builder* builder) {
  grpc_event_engine::experimental::RegisterEventEngineChannelArgPreconditioning(builder);
  SecurityRegisterHandshakerFactories(builder);
  RegisterHttpFilters(builder);
  RegisterDeadlineFilter(builder);
  RegisterMessageSizeFilter(builder);
  RegisterResourceQuota(builder);
  RegisterSecurityFilters(builder);
  RegisterBuiltins(builder);
}

}  // namespace grpc_core

// Server::InProcessChannel, which nothing calls, is what else would link the whole of gRPC's client.
namespace grpc {

using Interceptors = std::vector<std::unique_ptr<experimental::ClientInterceptorFactoryInterface>>;
std::shared_ptr<Channel> CreateChannelInternal(const std::string& host, grpc_channel* channel,
                                               Interceptors interceptors);
std::shared_ptr<Channel> CreateChannelInternal(const std::string&, grpc_channel*, Interceptors) { return nullptr; }

}  // namespace grpc

grpc_channel* grpc_inproc_channel_create(grpc_server* server, const grpc_channel_args* arguments, void* reserved);
grpc_channel* grpc_inproc_channel_create(grpc_server*, const grpc_channel_args*, void*) { return nullptr; }
