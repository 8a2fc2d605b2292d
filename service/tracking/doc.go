// Package tracking says how a budget year stands after approval: what a
// self-evaluation (绩效自评) scores, which light a monitored indicator or payment
// shows (双监控), which dates run for whom and who is to be reminded, and whether
// what a unit asks for fits its control figures (控制数).
//
// It owns the rules that regions and years differ in, as data (rules.json): points,
// bands, thresholds, windows, clocks. It is pure: it knows nothing of storage,
// clocks on the wall or how records travel. Figures are exact: points in
// hundredths, everything between as fractions.
package tracking
