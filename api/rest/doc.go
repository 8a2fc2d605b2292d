// Package rest owns the way an HTTP interface with JSON is built here: one table
// of typed routes, each with the action that guards it; the binder that reads a
// request against its Go type and tells every fault at once in Chinese; problem
// documents (RFC 9457); paging, sorting and entity tags; and the OpenAPI 3.1
// document made from the same types and rules that the binder obeys.
//
// It must not know the domain: no record, no use case, no store. Of model it
// knows the coded Error and the value types, of rbac the named actions. Whether a
// caller has the action is answered by a Guard that the caller of New supplies.
//
// A request type has parameter fields tagged path, query or header, shared ones
// embedded, and at most one field Body. A response type has fields tagged header
// and at most one field Body. The tags json, binding, default, label (the Chinese
// name used in messages) and description are the whole language; whatever the
// reflector has no schema for is refused when the route is added.
package rest
