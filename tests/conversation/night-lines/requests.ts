/** Ways to ask for the same topic and to tell the same act, in both languages: `state | line | end`. */
export const REQUESTS = `
verdict | 几点之前要报完 | view status
verdict | 最晚啥时候要交 | view status
verdict | 离截止还有多久 | view status
verdict | 我们还有几个小时 | view status
verdict | 来得及吗 | view status
verdict | 会不会逾期 | view status
verdict | 什么时候到期来着 | view status
verdict | 补报什么时候截止 | view status
verdict | 几点前必须报出去 | view status
verdict | 时限是多少 | view status
verdict | 还剩多少时间可以写 | view status
verdict | 总结报告要什么时候交 | view status
verdict | 还有多长时间可以报 | view status
verdict | when does it have to be in | view status
verdict | how many hours do we have | view status
verdict | how much time is left to file | view status
verdict | is there still time | view status
verdict | are we late | view status
verdict | when must we report | view status
verdict | whats the cutoff | view status
verdict | by when do we need to submit | view status
verdict | how long until the deadline | view status
verdict | when is the report due | view status
verdict | are we still in time | view status
verdict | what time is the deadline | view status
verdict | how long have we got | view status
verdict | by what time must it be filed | view status
verdict | time left? | view status
verdict | 要通知哪些部门 | view owed
verdict | 应该先报给谁 | view owed
verdict | 找哪个部门报 | view owed
verdict | 这个要不要报公安还是只报网信 | view owed
verdict | 报哪里 | view owed
verdict | 报到哪个口子 | view owed
verdict | 我们要跟谁报 | view owed
verdict | 先跟哪家单位说 | view owed
verdict | 报网信办还是工信部 | view owed
verdict | 需要向哪些单位报告 | view owed
verdict | 网信那边联系方式有吗 | view owed
verdict | who needs to be told | view owed
verdict | who gets the report | view owed
verdict | which regulator do we notify | view owed
verdict | do we report to CAC or MIIT | view owed
verdict | to whom do we send it | view owed
verdict | who must be notified | view owed
verdict | where do we file this | view owed
verdict | which agency is it | view owed
verdict | what authority is responsible | view owed
verdict | do we also have to tell the police or just CAC | view owed
verdict | 现在算什么级别 | view why
verdict | 这算几级事件 | view why
verdict | 目前定的是哪一级 | view why
verdict | 为什么是较大 | view why
verdict | 凭什么定较大 | view why
verdict | 级别怎么算出来的 | view why
verdict | 咱这个到什么级别了 | view why
verdict | 现在定级是多少 | view why
verdict | what level is this | view why
verdict | which level are we on | view why
verdict | why is it major | view why
verdict | how did you get to major | view why
verdict | what is the current level | view why
verdict | how serious is it officially | view why
verdict | what class is this incident | view why
verdict | is this major or significant | view why
verdict | 我现在要做什么 | view next
verdict | 那我现在干嘛 | view next
verdict | 接下来干啥 | view next
verdict | 然后呢，我该做什么 | view next
verdict | 还需要我提供什么 | view next
verdict | 你还要我填什么 | view next
verdict | 下一步是啥 | view next
verdict | 接着怎么弄 | view next
verdict | 我要弄啥 | view next
verdict | 现在轮到我做什么 | view next
verdict | what should I do now | view next
verdict | whats my next step | view next
verdict | what else do you need | view next
verdict | what do you want me to do | view next
verdict | ok what now | view next
verdict | what am i supposed to do | view next
verdict | what is left to do | view next
verdict | anything else you need from me | view next
verdict | whats next for me | view next
verdict | how do we proceed | view next
verdict | where do we start | view next
verdict | 草稿给我看一下 | view text or view draft or form first_report
verdict | 首报写好了吗 | view text or view draft or form first_report
verdict | 稿子出来没 | view text or view draft or form first_report
verdict | 报告写得怎么样了 | view text or view draft or form first_report
verdict | 让我看看稿子 | view text or view draft or form first_report
verdict | 报送稿在哪里看 | view text or view draft or form first_report
verdict | 把稿子发出来看看 | view text or view draft or form first_report
verdict | show me the report | view text or view draft or form first_report
verdict | is the draft ready | view text or view draft or form first_report
verdict | can i see the draft | view text or view draft or form first_report
verdict | where can I read the report | view text or view draft or form first_report
verdict | let me read the text first | view text or view draft or form first_report
verdict | draft done yet? | view text or view draft or form first_report
verdict | is the report finished | view text or view draft or form first_report
verdict | 要一份word版 | view download
verdict | 发我个pdf | view download
verdict | 稿子给我导成docx | view download
verdict | 能发个word吗 | view download
verdict | 下载个word版给我 | view download
verdict | 我要pdf | view download
verdict | 导一份docx出来 | view download
verdict | 可以导出word么 | view download
verdict | can you export it as word | view download
verdict | i need a pdf | view download
verdict | send me the docx | view download
verdict | pdf please | view download
verdict | give me a word file | view download
verdict | could you give me that as pdf | view download
verdict | 谁在负责 | view people
verdict | 这事谁牵头 | view people
verdict | 现在谁指挥 | view people
verdict | 群里都有谁 | view people
verdict | 听谁指挥 | view people
verdict | 谁是负责人 | view people
verdict | who is in charge here | view people
verdict | who leads this | view people
verdict | who else is on | view people
verdict | whos the lead | view people
verdict | who is running this | view people
verdict | 王磊接手了 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 我下班了，王磊接班 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 接下来交给王磊 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 王磊来接我的班 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 后面由王磊负责 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 我先撤了，王磊替我 | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | Wang Lei will take over | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | Wang Lei is taking over from me | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | handing over to Wang Lei | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | over to Wang Lei, I need sleep | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | Wang Lei has it from here | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | Wang Lei takes the lead now | cmd hand_over or cmd add_person or cmd take_lead or cmd take_over
verdict | 110打过了 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 刚报完警 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 报警了，派出所受理了 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 已经向公安报案 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 我们跟网警报过了 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 报案了，受案回执还没给 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 警已经报了 | ask 报案 or ask olice or ask 报警 or form filing
verdict | 报了110了 | ask 报案 or ask olice or ask 报警 or form filing
verdict | we called the cops | ask 报案 or ask olice or ask 报警 or form filing
verdict | police already informed | ask 报案 or ask olice or ask 报警 or form filing
verdict | I reported it to the police | ask 报案 or ask olice or ask 报警 or form filing
verdict | police has been told | ask 报案 or ask olice or ask 报警 or form filing
verdict | filed a police report at 9:30 | ask 报案 or ask olice or ask 报警 or form filing
verdict | spoke to the police already | ask 报案 or ask olice or ask 报警 or form filing
verdict | 110 called | ask 报案 or ask olice or ask 报警 or form filing
verdict | police are informed | ask 报案 or ask olice or ask 报警 or form filing
verdict | 12387打完了 | form phone_report or form filing
verdict | 刚跟12387报过 | form phone_report or form filing
verdict | 12387那边报了 | form phone_report or form filing
verdict | 电话打给12387了，对方记下来了 | form phone_report or form filing
verdict | 已经拨打12387上报 | form phone_report or form filing
verdict | called 12387 just now | form phone_report or form filing
verdict | 12387 is done | form phone_report or form filing
verdict | we phoned it in to 12387 | form phone_report or form filing
verdict | just reported via 12387 | form phone_report or form filing
verdict | told 12387 everything | form phone_report or form filing
verdict | 12387没打通 | note or left
verdict | 12387打不通 | note or left
verdict | 12387占线 | note or left
verdict | 12387一直没人接 | note or left
verdict | 还没打12387 | note or left
verdict | 12387 did not pick up | note or left
verdict | 12387 busy | note or left
verdict | nobody answers at 12387 | note or left
verdict | tried 12387 twice no answer | note or left
verdict | 警察来了吗 | note or left
verdict | 要报警吗 | note or left
verdict | 报警没 | note or left
verdict | should we call 110 | note or left
verdict | police not informed yet | note or left
verdict | 王磊说他不接班 | note or left
verdict | 王磊没法接班 | note or left
verdict | 误报 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 是误报吧 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 估计是误报 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 感觉是误报，可以关了 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 八成误报 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 确认误报 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 搞错了，是误报 | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | false alarm | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | looks like a false alarm | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | probably a false positive | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | turned out to be nothing | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | turns out it was a false alarm | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | just a false alarm, close it | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | I think its a false alarm | cmd withdraw_declaration or ask 误报 or ask mistake
verdict | 按较大报吧 | form another_level or cmd decide_level
verdict | 那就按较大定 | form another_level or cmd decide_level
verdict | 定较大 | form another_level or cmd decide_level
verdict | 按重大走 | form another_level or cmd decide_level
verdict | 往较大报 | form another_level or cmd decide_level
verdict | 我同意较大 | form another_level or cmd decide_level
verdict | 先按一般报 | form another_level or cmd decide_level
verdict | 报较大 | form another_level or cmd decide_level
verdict | 升到重大 | form another_level or cmd decide_level
verdict | 改成重大 | form another_level or cmd decide_level
verdict | go with major | form another_level or cmd decide_level
verdict | lets call it major | form another_level or cmd decide_level
verdict | make it major | form another_level or cmd decide_level
verdict | raise it to significant | form another_level or cmd decide_level
verdict | I would file it as major | form another_level or cmd decide_level
verdict | set level to major | form another_level or cmd decide_level
verdict | treat it as major | form another_level or cmd decide_level
verdict | downgrade to general | form another_level or cmd decide_level
`;
