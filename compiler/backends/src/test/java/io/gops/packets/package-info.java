/// Real packets through generated files: machines are network namespaces of this one, each with a
/// switch of its own, and servers are namespaces behind them.
package io.gops.packets;
