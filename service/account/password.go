package account

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"biaochi/model"
)

// maxPassword bounds a password in bytes, so that nobody makes the server hash a book.
const maxPassword = 256

// Rule is one thing that a password must be. Message says it whether broken or not,
// so that a page can show the list before anybody types.
type Rule struct {
	Key     string
	Message string
	broken  func(login, password string) bool
}

// Rules are what the policy asks of a password, in the order in which they are said.
func Rules(p Policy) []Rule {
	return []Rule{
		{"length", fmt.Sprintf("至少 %d 个字符", p.MinLength), func(_, password string) bool { return utf8.RuneCountInString(password) < p.MinLength }},
		{"size", fmt.Sprintf("不超过 %d 个字节（汉字每个算 3 个）", maxPassword), func(_, password string) bool { return len(password) > maxPassword }},
		{"classes", fmt.Sprintf("大写字母、小写字母、数字、符号四类中至少有 %d 类", p.Classes), func(_, password string) bool { return classes(password) < p.Classes }},
		{"login", "不能包含登录名", containsLogin},
		{"common", "不能包含常见的弱口令（如 " + strings.Join(commonWords[:3], "、") + "）", isCommon},
		{"run", "不能有 4 个以上相同或相连的字符（如 1111、1234、abcd）", hasRun},
		{"blank", "首尾不能有空格，中间不能有换行等看不见的字符", isBlank},
	}
}

// CheckPassword tells every rule that a password breaks for an account; the problems
// carry the path of the field.
func CheckPassword(p Policy, login, password, path string) []model.Problem {
	var problems []model.Problem
	for _, rule := range Rules(p) {
		if rule.broken(login, password) {
			problems = append(problems, model.Problem{Path: path, Message: "密码" + rule.Message})
		}
	}
	return problems
}

// classes counts the kinds of characters; whatever is neither a letter with case nor
// a digit is a sign.
func classes(password string) int {
	var upper, lower, digit, sign int
	for _, r := range password {
		switch {
		case unicode.IsUpper(r):
			upper = 1
		case unicode.IsLower(r):
			lower = 1
		case unicode.IsDigit(r):
			digit = 1
		default:
			sign = 1
		}
	}
	return upper + lower + digit + sign
}

func containsLogin(login, password string) bool {
	return len(login) >= 3 && strings.Contains(FoldLogin(password), login)
}

// commonWords are parts of the passwords that are tried first.
var commonWords = []string{"password", "admin", "qwerty", "passw0rd", "p@ssw0rd", "p@ssword", "1qaz", "qazwsx", "zaq1", "asdfgh",
	"zxcvbn", "welcome", "changeme", "letmein", "iloveyou", "woaini", "abc123", "123abc", "a1b2c3", "root@", "biaochi"}

func isCommon(_, password string) bool {
	folded := strings.ToLower(password)
	return slices.ContainsFunc(commonWords, func(word string) bool { return strings.Contains(folded, word) })
}

// hasRun finds four characters that are the same, or that follow each other up or
// down.
func hasRun(_, password string) bool {
	text := []rune(strings.ToLower(password))
	length, step := 1, rune(0)
	for i := 1; i < len(text); i++ {
		d := text[i] - text[i-1]
		switch {
		case d < -1 || d > 1:
			length = 1
		case length > 1 && d == step:
			length++
		default:
			length = 2
		}
		step = d
		if length == 4 {
			return true
		}
	}
	return false
}

func isBlank(_, password string) bool {
	return password != strings.TrimSpace(password) || !utf8.ValidString(password) || strings.ContainsFunc(password, unicode.IsControl)
}

// FoldLogin gives the form in which logins are kept and compared: no blanks around,
// lower case, and half width for what a Chinese keyboard types in full width.
func FoldLogin(login string) string {
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= '！' && r <= '～' {
			return r - '！' + '!'
		}
		return r
	}, strings.TrimSpace(login)))
}
