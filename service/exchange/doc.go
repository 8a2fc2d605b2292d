// Package exchange owns the data package (数据包) biaochi.package/v1: one JSON
// file with one unit's budget year, and the use cases that bring it in and take
// it out.
//
// The codec — Package, Decode, Validate, Encode, Schema — is pure: bytes and
// catalogue look-ups in, content or faults out. It must not know databases,
// states, rights or HTTP, and it refuses only what can't be a record; whatever a
// checker could say about a well-formed record is left to service/check.
package exchange
