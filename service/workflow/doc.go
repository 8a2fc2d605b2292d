// Package workflow owns a record's life: the machine as one table, the chain of
// steps as data, grades and the review sheet, deputies, the 批复, which table states a
// version counts in, and where a project stands in the project library. It serves filings, basic sheets and whole-unit
// targets alike. It is pure: it reads no clock and no store, and must not know
// accounts, HTTP, or what a record's content means; the caller tells it what the
// rules found and which roles hold at the record's unit.
package workflow
