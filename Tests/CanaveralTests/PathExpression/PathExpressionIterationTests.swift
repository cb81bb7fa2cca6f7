import Testing

@testable import Canaveral

/// Repetitions whose iterations may take nothing, as Perl and Python both find them.
@Suite("Iterations that take nothing", .timeLimit(.minutes(10)))
struct PathExpressionIterationTests {
    /// Expression, path, whether it matches, and what each group finds.
    private static let cases = #"""
        /a(?:b|\B){2,} / no
        /a(?:b|\B){2,} /b no
        /a(?:b|\B){2,} /ab yes
        /a(?:b|\B){2,} /abb yes
        /a(?:b|\B){2,} //a no
        /a(?:b|\B){2} / no
        /a(?:b|\B){2} /b no
        /a(?:b|\B){2} /ab yes
        /a(?:b|\B){2} /abb yes
        /a(?:b|\B){2} //a no
        /a(?:b|\B)(?:b|\B)+ / no
        /a(?:b|\B)(?:b|\B)+ /b no
        /a(?:b|\B)(?:b|\B)+ /ab yes
        /a(?:b|\B)(?:b|\B)+ /abb yes
        /a(?:b|\B)(?:b|\B)+ //a no
        /(|b){0,2} /ab no
        /(|b){0,2} /abb no
        /(|b){0,2} //a no
        /(|b){2,} /ab no
        /(|b){2,} /abb no
        /(|b){2,} //a no
        /(|b){2,} /ba no
        /(|b){2,}? /ab no
        /(|b){2,}? /abb no
        /(|b){2,}? //a no
        /(|b){1,3} /ab no
        /(|b){1,3} /abb no
        /(|b){1,3} //a no
        /(|b){0,2}? / yes nil
        /(|b){0,2}? /ab no
        /(|b){0,2}? /abb no
        /(|b){0,2}? //a no
        /(\b|a){3,} / no
        /(\b|a){3,} /b no
        /(\b|a){3,} /ab no
        /(\b|a){3,} /abb no
        /(\b|a){3,} //a no
        /(\B|/){2,}a / no
        /(\B|/){2,}a /b no
        /(\B|/){2,}a /ab no
        /(\B|/){2,}a /abb no
        /(a|\b){2,3}b? / no
        /(a|\b){2,3}b? /abb no
        /(a|\b){2,3}b? //a no
        /((a)|\b|){0,3} /b no
        /((a)|\b|){0,3} /ab no
        /((a)|\b|){0,3} /abb no
        /((a)|\b|){0,3} //a no
        /(?:(?:(?:/|\B)|(|){2,4}))* //b no
        /(?:(?:(?:/|\B)|(|){2,4}))* / yes nil
        /(?:$|([ab]|\B){1,3}) /baaa no
        /(?:$|([ab]|\B){1,3}) / yes nil
        /(?:(^){3,}?/|\B)+ / yes nil
        /(?:(^){3,}?/|\B)+ /aabb no
        /(?:(?:/|/[ab])|(?:(\B){0,3}?){0,2}) /bb/b no
        /(?:(?:/|/[ab])|(?:(\B){0,3}?){0,2}) / yes nil
        /(?:(?:\B|\B){1,}(\b|\w)|){2,} /// no
        /(?:(?:\B|\B){1,}(\b|\w)|){2,} / yes nil
        /\b(?:[ab]|){3,}? /aa yes
        /\b(?:[ab]|){3,}? / no
        /\b(?:[ab]|){3,}? /ab yes
        /(?:\B|){0,3}? /a no
        /(?:\B|){0,3}? / yes
        /(?:a(^|^){2,4}?|$) /ba/b no
        /(?:a(^|^){2,4}?|$) / yes nil
        /(?:a|\B){0,2} /a yes
        /(?:a|\B){0,2} /b no
        /(?:(?:\B|){0,2}|(b|\w)){3,}?(?:|){0,2} / yes nil
        /(^){0,2} / yes nil
        /(^){0,2} /a no
        /(?:(?:b|/)?([ab])*?){0,2} / yes nil
        /(?:(^|){0,3}?b\b|\b){3,} /aba no
        /(?:(^|){0,3}?b\b|\b){3,} /b yes nil
        /(?:(?:\B){2}?|b[ab]) / yes
        /(?:(?:\B){2}?|b[ab]) //bba no
        /(?:(/|)??){3,} / yes nil
        /(?:(/|)??){3,} /b no
        /(?:(a){1,}?|(^){2,}?(?:$){3,}){0,3} /baab no
        /(?:(a){1,}?|(^){2,}?(?:$){3,}){0,3} / yes nil nil
        /((?:^b|\B\w){1,3}){0,3} / yes nil
        /((?:^b|\B\w){1,3}){0,3} /ab// no
        /(?:[ab]|((?:a){1,}|){2,})?? /a yes nil
        /(?:[ab]|((?:a){1,}|){2,})?? ///aa no
        /(?:((?:[ab]|[ab])|^)|){0,3}? /b/ no
        /(?:((?:[ab]|[ab])|^)|){0,3}? / yes nil
        /(?:(b|^)|){1,3}?(?:a|){0,3} /a yes nil
        /(?:(b|^)|){1,3}?(?:a|){0,3} /// no
        /(?:\B^\B|(?:$|(?:a|\B){2,4})) /b//a no
        /(?:\B^\B|(?:$|(?:a|\B){2,4})) / yes
        /((?:\w/|(/){1,}?)){0,3}? / yes nil nil
        /((?:\w/|(/){1,}?)){0,3}? /b no
        /(?:(\wb|\b){1,}|){1,}? / yes nil
        /(?:(\wb|\b){1,}|){1,}? //a/b no
        /(?:(//)*?){1,} / yes nil
        /(?:(//)*?){1,} /b/ab no
        /(?:(?:$a|\wa){2,4}|(?:\bb|\Bb))*? /baa no
        /(?:(?:$a|\wa){2,4}|(?:\bb|\Bb))*? / yes
        /(?:(?:(a){1,3}|(?:^|\b))*|){2}? / yes nil
        /(?:(?:(a){1,3}|(?:^|\b))*|){2}? /ba no
        /(?:(b|/){2,4}$){0,3}? / yes nil
        /(?:(b|/){2,4}$){0,3}? /a no
        /(?:(?:\Bb)*?|((\w|a)){0,2}){1,}? / yes nil nil
        /(?:(?:\Bb)*?|((\w|a)){0,2}){1,}? /a/a no
        /(?:(?:(?:b|)??|(?:$|\b)*)|/){0,2} /a no
        /(?:(?:(?:b|)??|(?:$|\b)*)|/){0,2} /b yes
        /([ab]){0,3}? / yes nil
        /([ab]){0,3}? /abba no
        /(a|a){0,3}? /b/ba no
        /(a|a){0,3}? / yes nil
        /(?:(?:\Ba){2,4}|){2,} //aaa no
        /(?:(?:\Ba){2,4}|){2,} / yes
        /(?:(?:a|){1,}?|(b|\b){2,4}) /b//b no
        /(?:(?:a|){1,}?|(b|\b){2,4}) / yes nil
        /(\B|ab){0,2}? / yes nil
        /(\B|ab){0,2}? /aaab no
        /(?:(?:\b|[ab]){0,2})+? / yes
        /(?:(?:\b|[ab]){0,2})+? /aa/ no
        /(?:(?:(?:\B|b)){1,3}|(^|b){0,3}?){2}? / yes nil
        /(?:(?:(?:\B|b)){1,3}|(^|b){0,3}?){2}? /b yes nil
        /(?:(?:(?:\B|b)){1,3}|(^|b){0,3}?){2}? /aab no
        /(?:\w|((\B|)?){1,3}?) /bb no
        /(?:\w|((\B|)?){1,3}?) /a yes nil nil
        /(?:/|(a){2,}(\b|\w){3,}){0,2} / yes nil nil
        /(?:/|(a){2,}(\b|\w){3,}){0,2} /ba no
        /(?:(\w[ab]|){2}|(?:[ab]|(\b){2,}?)) // no
        /(?:(\w[ab]|){2}|(?:[ab]|(\b){2,}?)) /b yes nil nil
        /(?:(\w[ab]|){2}|(?:[ab]|(\b){2,}?)) /a yes nil nil
        /(?:a|(b){0,3}?$$){0,2} /a yes nil
        /(?:a|(b){0,3}?$$){0,2} //ba no
        /(?:[ab]|(\B|^){0,2}?){1,}(?:b|[ab])* /a/ba no
        /(?:[ab]|(\B|^){0,2}?){1,}(?:b|[ab])* /a yes nil
        /(?:(?:$|\B)|(?:b|a)){1,}b /aba no
        /(?:(?:$|\B)|(?:b|a)){1,}b /abb yes
        /(){0,3}? / yes nil
        /(){0,3}? /ba/ no
        /(?:(b|a)){0,3}? //ba no
        /(?:(b|a)){0,3}? / yes nil
        /(?:b){0,3}(?:(){2,4}){0,2}? / yes nil
        /(?:b){0,3}(?:(){2,4}){0,2}? //aa no
        /(?:b){0,3}(?:(){2,4}){0,2}? /b yes nil
        /(?:(?:a|)|((|){1,}|\b)){1,} /a yes nil nil
        /(?:(?:a|)|((|){1,}|\b)){1,} /b// no
        /(?:(?:\Ba|(?:a|\b){0,3})|ab[ab]) / yes
        /(?:(?:\Ba|(?:a|\b){0,3})|ab[ab]) /b/a no
        /(a){0,2} /b no
        /(a){0,2} / yes nil
        /(?:(?:(a|$){2,}?|\b/)|\w) /a/b/ no
        /(?:(?:(a|$){2,}?|\b/)|\w) /b yes nil
        /(?:(?:a|a)|(a)?){0,2}?(?:\w|a)b /b no
        /(?:(?:a|a)|(a)?){0,2}?(?:\w|a)b /ab yes nil
        /(?:(?:\b){2,4}?|)+? /aab no
        /(?:(?:\b){2,4}?|)+? / yes
        /(?:(?:/a|(/)+)|){1,} /bb no
        /(?:(?:/a|(/)+)|){1,} / yes nil
        /((?:(?:\B)*|){2,4}?){0,2}? / yes nil
        /((?:(?:\B)*|){2,4}?){0,2}? /a/ no
        /b(?:(?:\b|){1,3}?|){2,4} /bb no
        /b(?:(?:\b|){1,3}?|){2,4} /b yes
        /(?:\w|(a){2,4}?(?:a|$)+?) /abb no
        /(?:\w|(a){2,4}?(?:a|$)+?) /b yes nil
        /(?:(?:$b|(\b){0,3}?)|((?:\B|a)|[ab])) /aa no
        /(?:(?:$b|(\b){0,3}?)|((?:\B|a)|[ab])) / yes nil nil
        /(?:\B/|(?:\B|a)(?:\b|){2}?) //aab no
        /(?:\B/|(?:\B|a)(?:\b|){2}?) // yes
        /((?:(?:|){2}|a)){0,2}? / yes nil
        /((?:(?:|){2}|a)){0,2}? /b no
        /(?:b|((?:\w)+|(b|){2,}?))+? /b yes nil nil
        /((b|b)(?:^|a)|){0,3}? /a no
        /((b|b)(?:^|a)|){0,3}? / yes nil nil
        /(?:((?:a|$))+|){0,2}? / yes nil
        /(?:((?:a|$))+|){0,2}? /aba/ no
        /(?:(?:ab|(?:\b){2})|$(?:b|)+?)*? /aba/ no
        /(?:(?:ab|(?:\b){2})|$(?:b|)+?)*? / yes
        /(\b(^|a)*|///){0,2} /aaba no
        /(\b(^|a)*|///){0,2} / yes nil nil
        /\B(?:\w|){1,3}(?:|a) / yes
        /\B(?:\w|){1,3}(?:|a) /a no
        /(aa(?:){2,4})*? ///a no
        /(aa(?:){2,4})*? / yes nil
        /(\b){0,3} /b/ no
        /(\b){0,3} / yes nil
        /(?:aa|(?:(?:b|\B)){0,2}){3,}? /// no
        /(?:aa|(?:(?:b|\B)){0,2}){3,}? / yes
        /([ab][ab]|){0,2}? /b no
        /([ab][ab]|){0,2}? / yes nil
        /(^|){0,2}? /aba/ no
        /(^|){0,2}? / yes nil
        /\b(?:a|){2,}(?:b|/) /ab yes
        /\b(?:a|){2,}(?:b|/) /bab no
        /(?:\B){1,3}? //b no
        /(?:\B){1,3}? / yes
        /(?:(?:b)?|((?:\b|\b){2}|){1,}?) /bbaa no
        /(?:(?:b)?|((?:\b|\b){2}|){1,}?) /b yes nil
        /(?:(?:b)?|((?:\b|\b){2}|){1,}?) / yes nil
        /(b){0,3}?(?:(?:a|[ab]){1,3}?|^) /a yes nil
        /(b){0,3}?(?:(?:a|[ab]){1,3}?|^) //a no
        /((\Bb)?){0,3}? /b no
        /((\Bb)?){0,3}? / yes nil nil
        /(?:($|(\B|)?)|(?:a|(?:^|){2})) /a yes nil nil
        /(?:($|(\B|)?)|(?:a|(?:^|){2})) /bb no
        /(?:b|(a)*(?:\w|[ab])){2,4} // no
        /(?:b|(a)*(?:\w|[ab])){2,4} /aa yes nil
        /(^){0,3}? / yes nil
        /(^){0,3}? /abbb no
        /(?:\b|){0,2}b / no
        /(?:\b|){0,2}b /b yes
        /(?:b|(?:(b){0,2}?)+) //a no
        /(?:b|(?:(b){0,2}?)+) / yes nil
        /(?:[ab]|\B)(?:b){0,2}? / yes
        /(?:[ab]|\B)(?:b){0,2}? /a// no
        /(/){0,2}? /b no
        /(/){0,2}? / yes nil
        /(?:$|((|/))?){0,2} /a no
        /(?:$|((|/))?){0,2} / yes nil nil
        /(?:(?:b|$)|(a){3,}?b[ab]) /ba no
        /(?:(?:b|$)|(a){3,}?b[ab]) / yes nil
        """#

    @Test("They match what they match in Perl and in Python, and groups find the same")
    func iterations() throws {
        let cases = Self.cases.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(cases.count > 200)
        for words in cases {
            let expected: [String?]? =
                words[2] == "no" ? nil : words[3...].map { $0 == "nil" ? nil : String($0.dropFirst().dropLast()) }
            let expression = try PathExpression(words[0])
            let found = expression.groups(in: words[1])?.dropFirst().map { $0.map(String.init) }
            #expect(found == expected, "\(words[0]) and '\(words[1])'")
            #expect(expression.matches(words[1]) == (expected != nil), "\(words[0]) and '\(words[1])'")
        }
    }
}
