package exchange

import (
	"fmt"
	"strings"

	"biaochi/model"
)

// What says what an import did to a record.
type What string

// What an import can do to a record.
const (
	Created    What = "created"    // 新增
	NewVersion What = "newVersion" // 内容有变，形成新版本
	Approved   What = "approved"   // 内容未变，改为已批复
	Reordered  What = "reordered"  // 内容未变，次序有变
)

// Change is what an import did to one record.
type Change struct {
	Kind    model.RecordKind `json:"kind"`
	Code    string           `json:"code,omitempty"`
	Name    string           `json:"name"`
	What    What             `json:"what"`
	Version int              `json:"version,omitempty"`
}

// ImportResult is the answer to an import.
type ImportResult struct {
	Unit     string   `json:"unit"`
	Name     string   `json:"name"`
	Year     int      `json:"year"`
	Approved bool     `json:"approved"`
	Changes  []Change `json:"changes,omitempty"`
	Absent   []string `json:"absent,omitempty"` // projects the package leaves out; they stay
	// AbsentTarget tells of a whole-unit target that the package leaves out; it stays.
	AbsentTarget bool   `json:"absentTarget,omitempty"`
	Stub         string `json:"stub,omitempty"`      // a parent that was unknown
	NewRegion    string `json:"newRegion,omitempty"` // a region that was unknown
	UnitChanged  bool   `json:"unitChanged,omitempty"`
}

func (r *ImportResult) add(c Change) { r.Changes = append(r.Changes, c) }

// Unchanged tells that the import found everything as the package has it.
func (r *ImportResult) Unchanged() bool {
	return len(r.Changes) == 0 && r.Stub == "" && r.NewRegion == "" && !r.UnitChanged
}

var whatWords = map[What]string{
	Created: "新增", NewVersion: "形成新版本", Approved: "改为已批复", Reordered: "次序调整",
}

// Text is the answer as people read it.
func (r *ImportResult) Text() string {
	var b strings.Builder
	state := "草稿"
	if r.Approved {
		state = "已批复"
	}
	fmt.Fprintf(&b, "%s %s %d年：", r.Unit, r.Name, r.Year)
	if r.Unchanged() {
		b.WriteString("与库中内容相同，未作任何更改\n")
	} else {
		fmt.Fprintf(&b, "以%s导入，%s\n", state, r.summary())
	}
	for _, c := range r.Changes {
		if c.What != Created {
			fmt.Fprintf(&b, "  %s %s：%s\n", c.Name, c.Code, describe(c))
		}
	}
	if r.Stub != "" {
		fmt.Fprintf(&b, "  主管部门 %s 尚无数据，已先建立编码\n", r.Stub)
	}
	if len(r.Absent) > 0 {
		fmt.Fprintf(&b, "  包中未含、库中保留的项目：%s\n", strings.Join(r.Absent, "、"))
	}
	if r.AbsentTarget {
		b.WriteString("  包中未含、库中保留整体支出绩效目标\n")
	}
	return b.String()
}

func describe(c Change) string {
	if c.Version > 0 {
		return fmt.Sprintf("%s（第 %d 版）", whatWords[c.What], c.Version)
	}
	return whatWords[c.What]
}

func (r *ImportResult) summary() string {
	count := map[What]int{}
	for _, c := range r.Changes {
		count[c.What]++
	}
	var parts []string
	for _, w := range []What{Created, NewVersion, Approved, Reordered} {
		if count[w] > 0 {
			parts = append(parts, fmt.Sprintf("%s %d 份", whatWords[w], count[w]))
		}
	}
	if len(parts) == 0 {
		return "更新单位信息"
	}
	return strings.Join(parts, "，")
}
