# SPDX-License-Identifier: Apache-2.0
# Third parties of the framework, each a target that exactly one layer links. They are looked for whenever the framework
# is built or found (tfcppConfig.cmake includes this file), so that no path of the machine that built it is installed.
# Static archives everywhere: docs/dev/adr/0021-tfcpp-links-archives.md says why.

if(TARGET tfcpp::deps_grpc)
  return()
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

function(tfcpp_static_archive variable name)
  find_library(${variable} NAMES lib${name}.a REQUIRED)
endfunction()

# Of CMake's scopes, imported targets are the ones that an export may name without bringing them along.
function(tfcpp_third_party name)
  add_library(tfcpp::deps_${name} INTERFACE IMPORTED GLOBAL)
  target_link_libraries(tfcpp::deps_${name} INTERFACE ${ARGN})
endfunction()

# Debian's CMake package for gRPC knows only its shared libraries, so the archives are named here. Members of the group
# refer to each other in cycles; macOS' way of linking looks through all archives until nothing is missing.
set(grpc_names grpc++ grpc address_sorting re2 upb cares z gpr protobuf-lite ssl crypto)
set(group_begin -Wl,--start-group)
set(group_end -Wl,--end-group)
if(APPLE)
  set(grpc_names grpc upb absl z protobuf-lite ssl crypto)  # cmake/macos/CMakeLists.txt
  set(group_begin)
  set(group_end)
endif()
set(grpc_archives)
foreach(name ${grpc_names})
  tfcpp_static_archive(archive_${name} ${name})
  list(APPEND grpc_archives ${archive_${name}})
endforeach()
get_filename_component(archive_dir ${archive_grpc} DIRECTORY)
file(GLOB absl_archives ${archive_dir}/libabsl_*.a)
list(APPEND grpc_archives ${absl_archives})

tfcpp_third_party(protobuf ${archive_protobuf-lite} Threads::Threads)
tfcpp_third_party(openssl ${archive_ssl} ${archive_crypto} Threads::Threads ${CMAKE_DL_LIBS})
tfcpp_third_party(grpc ${group_begin} ${grpc_archives} ${group_end} Threads::Threads ${CMAKE_DL_LIBS})
# gRPC's headers must take the lite runtime's base classes, as the generated code does.
target_compile_definitions(tfcpp::deps_grpc INTERFACE GRPC_USE_PROTO_LITE)

# Header-only: nobody but who builds the framework needs them.
tfcpp_third_party(msgpack)
target_compile_definitions(tfcpp::deps_msgpack INTERFACE MSGPACK_NO_BOOST)
tfcpp_third_party(rapidjson)
