# SPDX-License-Identifier: Apache-2.0
#   tfcpp_library(value SOURCES type.cc ... [DEPS tfcpp::base] [PRIVATE_DEPS tfcpp::deps_msgpack] [COMPONENT tfcpp])
#
# One static library for each layer, alias tfcpp::<layer>. Includes are written from src/: #include
# "tfcpp/value/type.h". COMPONENT: it is installed with it, and found by find_package as tfcpp::<layer>.
function(tfcpp_library name)
  cmake_parse_arguments(arg "" "COMPONENT" "SOURCES;DEPS;PRIVATE_DEPS" ${ARGN})
  add_library(tfcpp_${name} STATIC ${arg_SOURCES})
  add_library(tfcpp::${name} ALIAS tfcpp_${name})
  set_target_properties(tfcpp_${name} PROPERTIES
    EXPORT_NAME ${name} CXX_EXTENSIONS OFF POSITION_INDEPENDENT_CODE ON)
  target_compile_features(tfcpp_${name} PUBLIC cxx_std_20)
  get_filename_component(src ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/../.. ABSOLUTE)
  target_include_directories(tfcpp_${name} PUBLIC
    $<BUILD_INTERFACE:${src}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(tfcpp_${name} PUBLIC ${arg_DEPS} PRIVATE ${arg_PRIVATE_DEPS} $<BUILD_INTERFACE:tfcpp_warnings>)
  if(arg_COMPONENT)
    install(TARGETS tfcpp_${name} EXPORT ${arg_COMPONENT}
            ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${arg_COMPONENT} EXCLUDE_FROM_ALL)
  endif()
endfunction()
