package check

// Identifiers that code names; the others stand in the catalogue alone.
const (
	incomeBalances = "K01"
	projectsAddUp  = "K11"
)

// firstYear is the first budget year under the revised 《预算法》, which made it a duty
// to publish; rules of a later document begin later.
const firstYear = 2015

const tieBasis = "勾稽关系"

// tableRules is the catalogue of what must tie between the tables.
func tableRules() []Rule {
	rules := []Rule{
		{
			ID: incomeBalances, Title: "收支总表平衡", Basis: "《预算法》第十二条（收支平衡）；勾稽关系",
			Passing: "收入总计与支出总计都是 15066.36 万元", Failing: "收入总计比支出总计多 1.00 万元",
			advice: "请核对收支总表及其来源记录。", tables: incomeAndExpenditureTies,
		}, {
			ID: "K02", Title: "收入总表与收支总表一致", Basis: tieBasis,
			Passing: "合计等于五种资金之和", Failing: "一般公共预算列多记 1.00 万元，合计未变",
			advice: "请核对收入总表各资金列与合计。", tables: incomeTies,
		}, {
			ID: "K03", Title: "科目逐级汇总、编码与名称一致", Basis: "《预算法》第四十六条（按功能编列到项、按经济性质编列到款）；勾稽关系",
			Passing: "款级等于其下项级之和，名称与目录一致", Failing: "金额直接列在仍有下级科目的款级上",
			advice: "下级科目之和应等于上级科目；直接列在有下级的科目上的金额请改列到末级科目。",
			tables: codeRules, sheet: namedOnce,
		}, {
			ID: "K04", Title: "支出总表合计及与总表一致", Basis: tieBasis,
			Passing: "合计等于基本支出加项目支出", Failing: "合计比基本支出与项目支出之和少 1.00 万元",
			advice: "请核对支出表的合计、基本支出和项目支出。", tables: expenditureTies,
		}, {
			ID: "K05", Title: "财政拨款收支总表平衡", Basis: "《预算法》第十二条（收支平衡）；勾稽关系",
			Passing: "财政拨款收入总计等于支出总计", Failing: "小计不等于三种财政拨款之和",
			advice: "请核对财政拨款收支总表。", tables: fiscalTies,
		}, {
			ID: "K06", Title: "财政拨款总表与分预算支出表一致", Basis: tieBasis,
			Passing: "一般公共预算列等于表5合计加该预算结转", Failing: "表5合计少列 1.00 万元",
			advice: "请核对财政拨款总表与对应的支出预算表。", tables: fiscalDetailTies,
		}, {
			ID: "K07", Title: "基本支出分经济科目表一致", Basis: tieBasis,
			Passing: "基本支出等于人员经费加公用经费", Failing: "某经济科目的人员经费多记 1.00 万元",
			advice: "请核对基本支出的经济科目和人员、公用经费。", tables: basicTies,
		}, {
			ID: "K08", Title: "政府性基金、国有资本经营预算收支对应", Basis: "《预算法》第九条、第十条（按基金项目以收定支；国有资本经营预算收支平衡）",
			Passing: "政府性基金收入明细等于收支总表的政府性基金", Failing: "政府性基金收入明细比支出安排少 1.00 万元",
			advice: "请核对该预算的收入明细与所安排的支出。", tables: fundIncomeTies,
		}, {
			ID: "K09", Title: "“三公”经费与经济科目一致", Basis: "《党政机关厉行节约反对浪费条例》；勾稽关系",
			Passing: "公务用车等于购置加运行维护", Failing: "公务接待费少于基本支出表的同一科目",
			advice: "请核对“三公”经费的经济科目（30212、30217、30231、31013、30913）。", tables: threePublicTies,
		}, {
			ID: "K10", Title: "机关运行经费与公用经费一致", Basis: "通行做法：仅行政单位和参公事业单位填列；勾稽关系",
			Passing: "行政单位的机关运行经费等于其公用经费", Failing: "事业单位的机关运行经费表填有金额",
			advice: "请核对单位性质和公用经费。", tables: agencyTies,
		}, {
			ID: projectsAddUp, Title: "项目支出表与支出总表一致", Basis: tieBasis,
			Passing: "项目合计等于支出总表的项目支出", Failing: "某个项目的金额多记 1.00 万元",
			advice: "请核对各项目的预算与支出表的项目支出。", tables: projectTies,
		}, {
			ID: "K12", Title: "项目结转与上年结转一致", Basis: tieBasis, Severity: Warning,
			Passing: "项目结转不超过收支总表的上年结转", Failing: "项目结转大于收支总表的上年结转",
			advice: "请核对上年结转的项目与基本支出。", tables: carryOverTies,
		},
	}
	return withDefaults(rules, TableScope)
}

// withDefaults fills what nearly every rule of a catalogue has.
func withDefaults(rules []Rule, scope Scope) []Rule {
	for i := range rules {
		r := &rules[i]
		if r.Severity == "" {
			r.Severity = Error
		}
		if r.Scope == "" {
			r.Scope = scope
		}
		if r.Since == 0 {
			r.Since = firstYear
		}
	}
	return rules
}
