package web_test

import (
	"fmt"
	"iter"

	"biaochi/service/render"
	"biaochi/web"
)

// frame gives every sample the same way back.
func frame(title string, crumbs ...string) web.Frame {
	f := web.Frame{Title: title, TextSwitch: web.Link{Text: "大字", Href: "?text=large"}}
	f.Crumbs = []web.Link{{Text: "单位", Href: "/"}}
	for i, text := range crumbs {
		link := web.Link{Text: text}
		if i < len(crumbs)-1 {
			link.Href = fmt.Sprintf("/level/%d", i+1)
		}
		f.Crumbs = append(f.Crumbs, link)
	}
	return f
}

var sampleHead = web.Head{
	UnitCode: "701", UnitName: "示例开发区社会事业局", Year: 2024, State: "年初预算", Scope: "本部门",
	States: []web.Link{{Text: "预算草案", Href: "?state=draft"}, {Text: "年初预算", Href: "?state=initial", Current: true}, {Text: "变动后预算", Href: "?state=adjusted"}},
	Scopes: []web.Link{{Text: "本单位", Href: "?scope=unit"}, {Text: "本部门", Href: "?scope=department", Current: true}},
}

var tableNames = []string{
	"预算收支总表", "预算收入总表", "预算支出总表", "财政拨款收支总表", "一般公共预算支出预算表",
	"一般公共预算安排基本支出分经济科目表", "政府性基金预算收入表", "政府性基金预算支出表", "国有资本经营预算收支预算表",
	"一般公共预算“三公”经费支出预算表", "机关运行经费预算财政拨款情况统计表", "项目支出预算表（本年预算）", "项目支出预算表（上年结转）",
}

var sampleFindings = []web.Finding{
	{
		Rule: "K04", Title: "支出总表合计等于基本支出加项目支出", Outcome: web.OutcomeError,
		Message: "表3“2080101 行政运行”合计 6,432.75 万元，基本支出与项目支出之和为 6,430.00 万元，相差 2.75 万元。请核对该科目的基本支出行。",
		Places:  []web.Link{{Text: "表3 2080101 合计", Href: "/t/expenditure#expenditure.2080101"}},
	},
	{
		Rule: "K12", Title: "结转项目不超过上年结转", Outcome: web.OutcomeWarning,
		Message: "项目<b>“<script>alert(1)</script>”</b>的结转未列入表13。请确认是否为基本支出结转。",
		Places:  []web.Link{{Text: "表13", Href: "/t/projectsCarryOver"}, {Text: "表1 上年结转", Href: "javascript:alert(1)"}},
	},
}

var allOutcomes = append(sampleFindings[:2:2],
	web.Finding{Rule: "K01", Title: "收支总计相等", Outcome: web.OutcomePass, Message: "收入总计、支出总计均为 15,066.36 万元。"},
	web.Finding{Rule: "K16", Title: "单位资金预期收入", Outcome: web.OutcomeInsufficient, Message: "没有填报单位资金的收入行，无法核对。"},
	web.Finding{Rule: "K10", Title: "机关运行经费", Outcome: web.OutcomeNotApplicable, Message: "事业单位不编列机关运行经费。"},
)

var sampleDownloads = []web.Download{
	{Text: "本表 CSV", Href: "/download/income.csv", Detail: "一行表头，金额单位万元"},
	{Text: "本表 JSON", Href: "/download/income.json", Detail: "含按元的精确金额"},
	{Text: "全部十三张表 XLSX", Href: "/download/all.xlsx", Detail: "一张表一个工作表"},
}

func homePage() web.Home {
	year := func(y int, total string) web.HomeYear {
		return web.HomeYear{Year: y, Href: fmt.Sprintf("/units/701/%d", y), Total: total, States: sampleHead.States}
	}
	return web.Home{Frame: web.Frame{Title: "单位与年度", TextSwitch: web.Link{Text: "大字", Href: "?text=large"}}, Departments: []web.Department{
		{Code: "602", Name: "示例开发区人力资源部", Units: []web.HomeUnit{
			{Code: "602", Name: "示例开发区人力资源部", Kind: "事业单位", Years: []web.HomeYear{year(2023, "15066.36")}},
		}},
		{Code: "701", Name: "示例开发区社会事业局", Units: []web.HomeUnit{
			{Code: "701", Name: "示例开发区社会事业局（本级）", Kind: "行政单位", Years: []web.HomeYear{year(2024, "3120.55"), year(2023, "2988.10")}},
			{Code: "701001", Name: "示例开发区第一中学", Kind: "事业单位", Years: []web.HomeYear{year(2024, "4866.00")}},
			{Code: "701002", Name: "示例开发区<社会>服务中心", Kind: "参公事业单位", Years: []web.HomeYear{year(2024, "")}},
		}},
	}}
}

func unitPage() web.Unit {
	page := web.Unit{
		Frame: frame("2024年 示例开发区社会事业局", "示例开发区社会事业局", "2024年"), Head: sampleHead,
		Facts: []web.Fact{
			{Label: "单位编码", Value: "701"}, {Label: "单位性质", Value: "行政单位"}, {Label: "主管部门", Value: "本单位即主管部门"},
			{Label: "批复", Value: "晋示财预〔2024〕12号，2024-01-26"}, {Label: "项目", Value: "22 个"}, {Label: "收入总计", Value: "11,204.36 万元"},
		},
		Summary: web.Summary{Checked: true, Href: "/findings", Counts: []web.OutcomeCount{
			{Outcome: web.OutcomeError, Count: 1, Href: "?outcome=error"}, {Outcome: web.OutcomeWarning, Count: 3, Href: "?outcome=warning"},
			{Outcome: web.OutcomeInsufficient, Count: 1, Href: "?outcome=insufficientData"}, {Outcome: web.OutcomeNotApplicable, Count: 2}, {Outcome: web.OutcomePass, Count: 41},
		}, Rules: []web.RuleCount{
			{Rule: "K04", Title: "支出总表合计等于基本支出加项目支出", Outcome: web.OutcomeError, Count: 1, Href: "?rule=K04"},
			{Rule: "K12", Title: "结转项目不超过上年结转", Outcome: web.OutcomeWarning, Count: 3, Href: "?rule=K12"},
		}},
		Downloads: sampleDownloads,
	}
	for i, name := range tableNames {
		item := web.TableItem{
			Number: i + 1, Title: "2024年" + name,
			Href: fmt.Sprintf("/t/%d", i+1), Empty: i == 12, Total: "11204.36",
		}
		if i == 2 {
			item.Errors = 1
		}
		if i == 11 {
			item.Warnings = 3
		}
		page.Tables = append(page.Tables, item)
	}
	return page
}

func tablePage() web.Table {
	page := web.Table{
		Frame: frame("表2 预算收入总表", "示例开发区社会事业局", "2024年", "表2 预算收入总表"), Head: sampleHead,
		Sheet: incomeSheet(), Checked: true, Findings: sampleFindings, Downloads: sampleDownloads,
		Previous: web.Link{Text: "表1 预算收支总表", Href: "/t/1"}, Next: web.Link{Text: "表3 预算支出总表", Href: "/t/3"},
	}
	for i, name := range tableNames {
		tab := web.TableTab{Number: i + 1, Name: name, Href: fmt.Sprintf("/t/%d", i+1), Current: i == 1, Empty: i == 12}
		if i == 2 {
			tab.Errors = 1
		}
		if i == 11 {
			tab.Warnings = 3
		}
		page.Tabs = append(page.Tabs, tab)
	}
	return page
}

func emptyTablePage() web.Table {
	page := tablePage()
	page.Findings = nil
	page.Sheet.Rows = lines(figures("合计行", "", 0, 0, 0))
	page.Sheet.Note = "注：本表无数据"
	return page
}

// incomeSheet is table 2 with nine columns: the widest there is.
func incomeSheet() render.Table {
	return render.Table{
		Key: "income", Label: "预算公开表2", Title: "2024年预算收入总表", Landscape: true,
		AboveLeft: "单位名称：示例开发区社会事业局", AboveRight: "单位：万元",
		Head: [][]render.HeadCell{
			{{Text: "项目", Colspan: 2}, {Text: "本年收入", Colspan: 6}, {Text: "上年结转", Rowspan: 2}},
			{
				{Text: "科目编码"}, {Text: "科目名称"}, {Text: "合计"}, {Text: "一般公共预算"}, {Text: "政府性基金"},
				{Text: "国有资本经营预算"}, {Text: "财政专户管理资金"}, {Text: "单位资金"},
			},
		},
		Columns: []render.Column{
			{Heading: "科目编码", Code: true, Width: .075}, {Heading: "科目名称", Width: .325},
			{Heading: "合计", Number: true, Width: .0857}, {Heading: "一般公共预算", Number: true, Width: .0857},
			{Heading: "政府性基金", Number: true, Width: .0857}, {Heading: "国有资本经营预算", Number: true, Width: .0857},
			{Heading: "财政专户管理资金", Number: true, Width: .0857}, {Heading: "单位资金", Number: true, Width: .0857},
			{Heading: "上年结转", Number: true, Width: .0858},
		},
		Rows: lines(incomeRows()...),
	}
}

func incomeRows() []render.Row {
	total := figures("", "合计", 0, 1115066, 1012551)
	total.Strong = true
	class := figures("208", "社会保障和就业支出", 0, 1049227, 1000000)
	class.Group = true
	rows := []render.Row{total, class}
	for i := range 28 {
		rows = append(rows,
			figures(fmt.Sprintf("208%02d", i+1), "人力资源和社会保障管理事务", 1, int64(100000+i*3217), -int64(i*100+1)),
			figures(fmt.Sprintf("208%02d01", i+1), "国有土地使用权出让收入安排的支出与行政事业单位养老支出", 2, int64(100000+i*3217), 0))
	}
	rows = append(rows, figures("2099999", `<script>alert("名称")</script>`, 2, 1, 0))
	return rows
}

// figures makes a row of table 2 with two figures that open their lineage.
func figures(code, name string, level int, current, carryOver int64) render.Row {
	row := render.Row{Level: level, Cells: make([]render.Cell, 9)}
	row.Cells[0] = render.Cell{Text: code, Anchor: "income." + code}
	row.Cells[1] = render.Cell{Text: name}
	for column, value := range map[int]int64{2: current, 3: current, 8: carryOver} {
		if value == 0 {
			continue
		}
		row.Cells[column] = render.Cell{
			Text: fmt.Sprintf("%.2f", float64(value)/100), Number: true, Hundredths: value,
			Link: fmt.Sprintf("/lineage/income?row=%s&column=%d", code, column),
		}
	}
	return row
}

func lines(rows ...render.Row) iter.Seq2[render.Row, error] {
	return func(yield func(render.Row, error) bool) {
		for _, row := range rows {
			if !yield(row, nil) {
				return
			}
		}
	}
}

func lineagePage() web.Lineage {
	page := web.Lineage{
		Frame: frame("2080101 行政运行 · 合计", "示例开发区社会事业局", "2024年", "表3 预算支出总表", "2080101 行政运行 · 合计"),
		Head:  sampleHead, Table: web.Link{Text: "表3 预算支出总表", Href: "/t/expenditure#expenditure.2080101"},
		Row: "2080101 行政运行", Column: "合计", Exact: "64327518.36", Shown: "6432.75", Count: 14,
		Words: []string{"预算金额", "功能科目以 2080101 开头", "全部资金性质", "本年预算和上年结转"},
	}
	for i := range 12 {
		page.Facts = append(page.Facts, web.LineageFact{
			Kind: "基本支出", Unit: "701 示例开发区社会事业局", Name: "基本支出第" + fmt.Sprint(i+1) + "行", Function: "2080101 行政运行",
			Economic: "30201 办公费", FundKind: "一般公共预算", Source: "本年预算", Amount: fmt.Sprintf("%d.50", 4032500*(i+1)),
			Version: 1, Approval: "晋示财预〔2024〕12号", ApprovalDate: "2024-01-26", State: "已批复",
		})
	}
	return withProjects(page)
}

func withProjects(page web.Lineage) web.Lineage {
	page.Facts = append(page.Facts,
		web.LineageFact{
			Kind: "项目支出", Unit: "701001 示例开发区第一中学", Code: "P-0012", Name: "义务教育学校校舍安全保障长效机制与信息化设备更新改造经费", Href: "/projects/P-0012",
			Function: "2080101 行政运行", FundKind: "一般公共预算", Source: "上年结转", Amount: "3600000.00",
			Version: 3, Approval: "晋示财预〔2024〕12号", ApprovalDate: "2024-01-26", State: "已批复",
		},
		web.LineageFact{
			Kind: "项目支出", Unit: "701002 示例开发区社会服务中心", Code: "P-0013", Name: "<script>alert(1)</script>", Href: "javascript:alert(1)",
			Function: "2080101 行政运行", FundKind: "一般公共预算", Source: "本年预算", Amount: "-0.14", Version: 1, State: "审核通过",
		})
	return page
}

func findingsPage() web.Findings {
	return web.Findings{
		Frame: frame("检查结果", "示例开发区社会事业局", "2024年", "检查结果"), Head: sampleHead, Checked: true,
		Filters: []web.Filter{
			{Link: web.Link{Text: "全部", Href: "?", Current: true}, Count: 48},
			{Link: web.Link{Href: "?outcome=error"}, Outcome: web.OutcomeError, Count: 1},
			{Link: web.Link{Href: "?outcome=warning"}, Outcome: web.OutcomeWarning, Count: 3},
			{Link: web.Link{Href: "?outcome=insufficientData"}, Outcome: web.OutcomeInsufficient, Count: 1},
			{Link: web.Link{Href: "?outcome=notApplicable"}, Outcome: web.OutcomeNotApplicable, Count: 2},
			{Link: web.Link{Href: "?outcome=pass"}, Outcome: web.OutcomePass, Count: 41},
		},
		Findings: allOutcomes,
		Pages:    []web.Link{{Text: "1", Current: true}, {Text: "2", Href: "?page=2"}, {Text: "下一页", Href: "?page=2"}},
	}
}

func errorPage() web.Error {
	return web.Error{
		Frame: frame("没有找到这张表"), Code: 404, What: "没有找到这张表", Where: "2024年 示例开发区社会事业局没有标识为 incom 的公开表。",
		Do: "请检查地址是否完整，或从单位页重新进入。", Back: web.Link{Text: "回到 2024年 示例开发区社会事业局", Href: "/units/701/2024"}, RequestID: "0123-abcd",
	}
}
