// Package library owns the use cases around the indicator library (指标库): what
// approved filings put into it, how the bureau keeps it, how it is searched, and how
// it travels as CSV. A library belongs to a region.
//
// Feeding happens in the transaction of a 批复 or of an approved import, which calls
// Feed; this package must not know either, nor HTTP and sessions.
package library
