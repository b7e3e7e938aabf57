#ifndef MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CONNECTOR_H
#define MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CONNECTOR_H

namespace madoguchi::renewal {

/// How certificates are asked for.
enum class Connector {
  /// Staff work the national terminal beside this system and press when they
  /// begin and when they see the result.
  kManual,
  /// This system asks the authority itself.
  kRpc,
};

}  // namespace madoguchi::renewal

#endif  // MADOGUCHI_SERVICES_RENEWAL_DOMAIN_CONNECTOR_H
