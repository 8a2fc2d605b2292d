package workflow

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"biaochi/model"
)

// Points are points of the review sheet in tenths; in JSON a number with at most
// one decimal.
type Points int

// ErrPoints is what reading malformed Points gives.
var ErrPoints = errors.New("得分应为不小于 0、最多一位小数的数字，如 8.5")

var pointsToken = regexp.MustCompile(`^\d{1,4}(\.\d)?$`)

// UnmarshalJSON reads 8 or 8.5.
func (p *Points) UnmarshalJSON(token []byte) error {
	if !pointsToken.Match(token) {
		return ErrPoints
	}
	whole, tenth, _ := strings.Cut(string(token), ".")
	if tenth == "" {
		tenth = "0"
	}
	tenths, err := strconv.Atoi(whole + tenth)
	*p = Points(tenths)
	return err
}

// MarshalJSON writes what UnmarshalJSON reads.
func (p Points) MarshalJSON() ([]byte, error) { return []byte(p.String()), nil }

// String gives the points with a decimal where there is one: 8, 8.5.
func (p Points) String() string {
	return strings.TrimSuffix(fmt.Sprintf("%d.%d", p/10, p%10), ".0")
}

// ReviewTemplate is the 项目支出绩效目标审核表 of a region's set from a year on.
// Source: 财预〔2015〕88号; the heads are certain, items and points are data.
type ReviewTemplate struct {
	Set    string       `json:"set"`
	Since  int          `json:"since"`
	Title  string       `json:"title"`
	Source string       `json:"source"`
	Heads  []ReviewHead `json:"heads"`
	// Bands say from how many points on a grade is given, from the best down.
	Bands []Band `json:"bands"`
}

// ReviewHead is one head of the sheet (完整性, 相关性, 适当性, 可行性).
type ReviewHead struct {
	Name  string       `json:"name"`
	Items []ReviewItem `json:"items"`
}

// ReviewItem is one item: what the reviewer asks, and the points it can get.
type ReviewItem struct {
	Key    string `json:"key"`
	Name   string `json:"name"`
	Points Points `json:"points"`
	Asks   string `json:"asks"`
}

// Band gives a grade to totals from AtLeast on.
type Band struct {
	Grade   Grade  `json:"grade"`
	AtLeast Points `json:"atLeast"`
}

// ReviewSheet is a filled-in sheet. An ordinary project (一般性项目) has a grade for
// each item and an overall grade of the reviewer's own; a key project (重点项目) has
// a score for each item as well, and its overall grade follows from the total.
type ReviewSheet struct {
	KeyProject bool              `json:"keyProject,omitempty"`
	Grades     map[string]Grade  `json:"grades"`           // by item key
	Scores     map[string]Points `json:"scores,omitempty"` // by item key
	Opinion    string            `json:"opinion,omitempty"`
	Overall    Grade             `json:"overall"`
}

//go:embed reviews/*.json
var reviewFiles embed.FS

var embeddedReviews = sync.OnceValues(func() ([]ReviewTemplate, error) {
	return readAll(reviewFiles, "reviews", func(data []byte) ([]ReviewTemplate, error) {
		t, err := ParseReviewTemplate(data)
		return []ReviewTemplate{t}, err
	})
})

// ReviewTemplateFor gives the sheet of a region's set in a budget year: of those
// that began by then the latest. Errors: NotFound "review.unknown".
func ReviewTemplateFor(set string, year int) (ReviewTemplate, error) {
	templates, err := embeddedReviews()
	if err != nil {
		return ReviewTemplate{}, err
	}
	var found *ReviewTemplate
	for i := range templates {
		if t := &templates[i]; t.Set == set && t.Since <= year && (found == nil || t.Since > found.Since) {
			found = t
		}
	}
	if found == nil {
		return ReviewTemplate{}, model.Fail(model.NotFound, "review.unknown", "地区方案“%s”%d 年没有审核表；请在年度设置中维护", set, year)
	}
	return *found, nil
}

// ParseReviewTemplate reads a template from JSON and refuses one that could not
// grade: items without key or points or of one key, bands that don't fall to 0.
// Errors: Invalid "review.*".
func ParseReviewTemplate(data []byte) (ReviewTemplate, error) {
	var t ReviewTemplate
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&t); err != nil {
		return t, &model.Error{Code: model.Invalid, Reason: "review.syntax", Message: "审核表模板不是有效的 JSON；请检查格式", Err: err}
	}
	return t, t.check()
}

func (t ReviewTemplate) check() error {
	seen := map[string]bool{}
	for _, item := range t.Items() {
		if item.Key == "" || item.Name == "" || item.Points <= 0 || seen[item.Key] {
			return model.Fail(model.Invalid, "review.item", "审核表的“%s”（%s）不完整或重复；请检查标识、名称和分值", item.Name, item.Key)
		}
		seen[item.Key] = true
	}
	falling := slices.IsSortedFunc(t.Bands, func(a, b Band) int { return int(b.AtLeast - a.AtLeast) })
	if len(seen) == 0 || len(t.Bands) == 0 || !falling || t.Bands[len(t.Bands)-1].AtLeast != 0 {
		return model.Fail(model.Invalid, "review.bands", "审核表须有审核内容，等级分段须从高到低并以 0 分结束")
	}
	return nil
}

// Items lists the items of all heads in order.
func (t ReviewTemplate) Items() []ReviewItem {
	var items []ReviewItem
	for _, head := range t.Heads {
		items = append(items, head.Items...)
	}
	return items
}

// Grade adds scores by item key, each counted up to the item's points, and gives
// the grade of the total's band. An item without a score adds nothing.
func (t ReviewTemplate) Grade(scores map[string]Points) (grade Grade, total Points) {
	for _, item := range t.Items() {
		total += min(scores[item.Key], item.Points)
	}
	for _, band := range t.Bands {
		if total >= band.AtLeast {
			return band.Grade, total
		}
	}
	return "", total
}

// Check tells what a filled-in sheet lacks, all of it at once: an item without
// grade, for a key project without score or with too high a one, an unknown item,
// an overall grade missing or other than the total's. nil where it is complete.
// Errors: Invalid "review.sheet" with Fields.
func (t ReviewTemplate) Check(sheet ReviewSheet) error {
	var faults []model.Problem
	fault := func(path, format string, args ...any) {
		faults = append(faults, model.Problem{Path: path, Message: fmt.Sprintf(format, args...)})
	}
	known := map[string]bool{}
	for _, item := range t.Items() {
		known[item.Key] = true
		if !slices.Contains(Grades, sheet.Grades[item.Key]) {
			fault("$.grades."+item.Key, "“%s”须评为优、良、中、差之一", item.Name)
		}
		score, scored := sheet.Scores[item.Key]
		if sheet.KeyProject && (!scored || score < 0 || score > item.Points) {
			fault("$.scores."+item.Key, "重点项目的“%s”须在 0 至 %s 分之间打分", item.Name, item.Points)
		}
	}
	for _, key := range unknownKeys(sheet, known) {
		fault("$."+key, "审核表没有这一项")
	}
	t.checkOverall(sheet, fault)
	if faults == nil {
		return nil
	}
	return &model.Error{Code: model.Invalid, Reason: "review.sheet", Message: fmt.Sprintf("审核表有 %d 处未填或有误；请补充后再审核", len(faults)), Fields: faults}
}

func (t ReviewTemplate) checkOverall(sheet ReviewSheet, fault func(path, format string, args ...any)) {
	if !slices.Contains(Grades, sheet.Overall) {
		fault("$.overall", "综合评定等级须为优、良、中、差之一")
		return
	}
	grade, total := t.Grade(sheet.Scores)
	if sheet.KeyProject && sheet.Overall != grade {
		fault("$.overall", "总分 %s 分应评为“%s”，不是“%s”", total, grade.ZH(), sheet.Overall.ZH())
	}
	if !sheet.KeyProject && len(sheet.Scores) > 0 {
		fault("$.scores", "一般性项目只评等级，不打分")
	}
}

func unknownKeys(sheet ReviewSheet, known map[string]bool) []string {
	var unknown []string
	for key := range sheet.Grades {
		if !known[key] {
			unknown = append(unknown, "grades."+key)
		}
	}
	for key := range sheet.Scores {
		if !known[key] {
			unknown = append(unknown, "scores."+key)
		}
	}
	slices.Sort(unknown)
	return unknown
}
