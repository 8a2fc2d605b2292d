// Package execution owns the use cases after a budget was approved: payments,
// monitoring and its corrections, self-evaluations, boards and control figures. Each
// write is one transaction with its event; a refused attempt leaves an event too.
//
// What figures mean is tracking's to say, who may do what rbac's: this package
// loads, asks them, and saves. It must not know HTTP, sessions, or how rights are
// given.
package execution
