package workflow

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"biaochi/model"
)

// At is the kind of a step: who sits there.
type At string

// The kinds of step.
const (
	AtUnit       At = "unit"       // the unit's own head
	AtDepartment At = "department" // the head of each unit above, nearest first
	AtFinance    At = "finance"    // an office of the bureau (or its root), for the departments assigned to it
	AtOffice     At = "office"     // another office of the bureau, for the bureau's own records
)

// Round is which passage of the year a chain serves.
type Round string

// The rounds. An adjustment goes through the chain of the first.
const (
	FirstRound  Round = "first"  // 一上, and adjustment
	SecondRound Round = "second" // 二上
)

// Step is a row of a chain; in the steps of a record its place is filled in.
type Step struct {
	Key      string `json:"key"`
	Name     string `json:"name"`
	At       At     `json:"at"`
	Office   string `json:"office,omitempty"` // the duty of the office: "business"; "" any
	MayGrade bool   `json:"mayGrade,omitempty"`
	MayBlock bool   `json:"mayBlock,omitempty"`
	// Path is the unit whose head acts, for steps at a unit or department; the
	// bureau's steps have none, who is assigned decides there.
	Path string `json:"path,omitempty"`
}

// Chain is the row of steps of a region's set in a round, from a year on.
type Chain struct {
	Set    string
	Since  int // first budget year
	Round  Round
	Graded []model.RecordKind // kinds whose last step gives a grade
	Steps  []Step
	// DisclosureDays is how many days after the 批复 a disclosure is due.
	DisclosureDays int
}

// chainFile is how chains are written as data: all rounds of a set.
type chainFile struct {
	Set    string             `json:"set"`
	Since  int                `json:"since"`
	Source string             `json:"source"`
	Graded []model.RecordKind `json:"graded"`
	// DisclosureDays counts calendar days from the 批复 (预算法第十四条).
	DisclosureDays int              `json:"disclosureDays"`
	Rounds         map[Round][]Step `json:"rounds"`
}

//go:embed chains/*.json
var chainFiles embed.FS

var embeddedChains = sync.OnceValues(func() ([]Chain, error) {
	return readAll(chainFiles, "chains", ParseChains)
})

// ChainFor gives the chain of a region's set in a budget year and round: of those
// that began by then the latest. Errors: NotFound "chain.unknown".
func ChainFor(set string, year int, round Round) (Chain, error) {
	chains, err := embeddedChains()
	if err != nil {
		return Chain{}, err
	}
	return PickChain(chains, set, year, round)
}

// PickChain is ChainFor over given chains, for regions with chains of their own.
func PickChain(chains []Chain, set string, year int, round Round) (Chain, error) {
	var found *Chain
	for i := range chains {
		c := &chains[i]
		if c.Set == set && c.Round == round && c.Since <= year && (found == nil || c.Since > found.Since) {
			found = c
		}
	}
	if found == nil {
		return Chain{}, model.Fail(model.NotFound, "chain.unknown", "地区方案“%s”%d 年没有审核流程；请在年度设置中维护", set, year)
	}
	return *found, nil
}

// StepName is what the chains call a step, the newest first; the key where none has it.
func StepName(key string) string {
	chains, err := embeddedChains()
	if err != nil {
		return key
	}
	name, since := key, -1
	for i := range chains {
		for _, step := range chains[i].Steps {
			if step.Key == key && chains[i].Since > since {
				name, since = step.Name, chains[i].Since
			}
		}
	}
	return name
}

// ParseChains reads chains from JSON and refuses those that could not work: a step
// without a name, two of one key, an unknown kind, a chain whose last step can't
// grade what is graded, a block outside the bureau. Errors: Invalid "chain.*".
func ParseChains(data []byte) ([]Chain, error) {
	var file chainFile
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&file); err != nil {
		return nil, &model.Error{Code: model.Invalid, Reason: "chain.syntax", Message: "审核流程不是有效的 JSON；请检查格式", Err: err}
	}
	var chains []Chain
	for _, round := range []Round{FirstRound, SecondRound} {
		c := Chain{Set: file.Set, Since: file.Since, Round: round, Graded: file.Graded, Steps: file.Rounds[round], DisclosureDays: file.DisclosureDays}
		if err := c.check(); err != nil {
			return nil, err
		}
		chains = append(chains, c)
	}
	if len(file.Rounds) != len(chains) {
		return nil, model.Fail(model.Invalid, "chain.round", "审核流程的环节组只能是 first（一上）和 second（二上）")
	}
	return chains, nil
}

func (c Chain) check() error {
	if c.DisclosureDays < 1 {
		return model.Fail(model.Invalid, "chain.days", "批复后应在多少天内公开须是不小于 1 的天数")
	}
	seen := map[string]bool{}
	for _, s := range c.Steps {
		known := slices.Contains([]At{AtUnit, AtDepartment, AtFinance, AtOffice}, s.At)
		if s.Key == "" || s.Name == "" || seen[s.Key] || !known || s.Path != "" {
			return model.Fail(model.Invalid, "chain.step", "审核环节“%s”（%s）不完整、重复或位置有误；请检查标识、名称和位置", s.Name, s.Key)
		}
		if s.MayBlock && s.At != AtFinance && s.At != AtOffice {
			return model.Fail(model.Invalid, "chain.block", "审核环节“%s”不在财政部门，不能作出不予安排的决定", s.Name)
		}
		seen[s.Key] = true
	}
	for _, path := range []string{"0/", "0/1/", "0/1/2/"} { // the bureau, a department, a unit
		if steps := c.For(path, model.FilingRecord); len(steps) == 0 || len(c.Graded) > 0 && !steps[len(steps)-1].MayGrade {
			return model.Fail(model.Invalid, "chain.last", "审核流程的最后一个环节须能评定等级")
		}
	}
	return nil
}

// For resolves the steps of a record of the given kind in the unit at the path:
//   - the unit's head;
//   - the head of each unit above it, nearest first; a department has none above,
//     so its head acts once, as the unit's head;
//   - the finance steps, or for a record of the bureau itself (the region's root)
//     the steps of another office.
//
// Kinds that get no grade, the basic sheets, can't be graded or blocked by it.
func (c Chain) For(path string, kind model.RecordKind) []Step {
	above := ancestors(path)
	bureau := strings.Count(path, "/") == 1
	var steps []Step
	for _, s := range c.Steps {
		if !slices.Contains(c.Graded, kind) {
			s.MayGrade, s.MayBlock = false, false
		}
		switch {
		case s.At == AtUnit:
			s.Path = path
			steps = append(steps, s)
		case s.At == AtDepartment:
			for _, p := range above {
				s.Path = p
				steps = append(steps, s)
			}
		case (s.At == AtOffice) == bureau:
			steps = append(steps, s)
		}
	}
	return steps
}

// ancestors are the paths of the units above, nearest first, without the region.
func ancestors(path string) []string {
	var above []string
	for {
		path = strings.TrimSuffix(path, "/")
		path = path[:strings.LastIndex(path, "/")+1]
		if strings.Count(path, "/") < 2 {
			return above
		}
		above = append(above, path)
	}
}

// readAll reads every file of an embedded folder.
func readAll[T any](files embed.FS, dir string, parse func([]byte) ([]T, error)) ([]T, error) {
	entries, err := files.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var all []T
	for _, entry := range entries {
		data, err := files.ReadFile(dir + "/" + entry.Name())
		if err != nil {
			return nil, err
		}
		some, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", entry.Name(), err)
		}
		all = append(all, some...)
	}
	return all, nil
}
