// Package budget owns what a figure is and what a table is: facts made from
// records, predicates over facts, and the region's set of tables as data. It is
// pure: grouped sums in, tables out. It must not know databases, files or HTTP.
package budget
