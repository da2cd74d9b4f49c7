/** Lines that were typed in a trial of the bot, with the end each should have had. */
export const SAMPLE_ZH = `
awareness | 现在怎么办 | view next
awareness | 9点还好好的 | note
awareness | 8点半交接班的时候还正常 | note
awareness | 日志只保留到昨天18:00 | note
awareness | 昨晚10点发的版 | note
awareness | 刚给李伟打了电话，没人接 | note
awareness | 快一点 | note
awareness | 刚打完12387 | form phone_report or form filing or ask 登记
awareness | 刚刚报警了 | ask 报案 or ask 犯罪
awareness | 现在是几级 | view why
awareness | 现在到哪一步了 | view next
awareness | 上午9点1刻 | aware 31T09:15
awareness | 九点过五分 | aware 31T09:05
awareness | 九点20，不对九点30 | aware 31T09:30
awareness | 昨晚快十二点 | aware 30T23:45
ongoing | 现在怎么办 | view next
ongoing | 刚打完12387 | form phone_report or form filing or ask 登记
ongoing | 刚刚报警了 | ask 报案 or ask 犯罪
ongoing | 现在是几级 | view why
ongoing | 现在到哪一步了 | view next
ongoing | 8点开始的，刚刚停了 | span ongoing 08:00 09:52
ongoing | 中断了半小时 | form ongoing
ongoing | 还在 | running ongoing
ongoing | 没停 | running ongoing
ongoing | 停了 | form ongoing
ongoing | 还在继续 | running ongoing
ongoing | 已经停了 | form ongoing
system | 昨晚九点多发现的，客户打电话投诉 | aware 30T21:00
system | 09:20 运维告警 | aware 31T09:20
system | 昨晚9点客服接到投诉 | aware 30T21:00
people | 120多万用户吧，姓名手机号地址都有 | ask 120 or fact personal_info_people
system | 就是商城，会员那边不确定 | fact system=shop
system | 商城 | fact system=shop
system | 是商城，就是网上商城 | fact system=shop
people | 2吧 | ask 2
people | 大概10万条吧 | ask 9万 or ask 10万
people | 暂时不知道 | fact personal_info_people=unknown or ask 不清楚
awareness | 半小时前SIEM告警 | aware 31T09:22
awareness | 不清楚，问老赵 | ask 不清楚
verdict | 算了，还是报吧 | closed
verdict | 取消 | closed
verdict | 先不报 | form not_reportable
verdict | 误报 | cmd withdraw_declaration
verdict | 是误报，关掉吧 | cmd withdraw_declaration
verdict | 已经报警了 | ask 报案 or ask 犯罪
verdict | 打过12387了 | form phone_report or form filing or ask 登记
verdict | 报给谁 | view owed
verdict | 几点截止 | view status
verdict | 我来接班 | cmd take_lead
verdict | 王磊接手 | ask 王磊 or cmd hand_over or cmd add_person
verdict | 交接给王磊 | ask 王磊 or cmd hand_over or cmd add_person
verdict | 按较大报 | cmd decide_level
verdict | 下一步干嘛 | view next
verdict | 我该干什么 | view next
verdict | 导出word | view download
verdict | 稿子 | view text
verdict | 撤销 | ask 撤销
verdict | 改成30万 | fact personal_info_people=300000
verdict | 改成昨晚九点半 | running ongoing or ask 21:30
verdict | 处置结束：漏洞已修复，18点后没有异常 | ask 确认
verdict | 把级别改成一般 | form another_level
verdict | 刚打完电话，对方工号3321，说收到了 | form phone_report or ask 登记 or filing 3321
verdict | 回执：2026-1129-17 | note or view draft or form correct_filing
verdict | 措施是断网 | ask 断网 or cmd fill_field
verdict | 没问题，就这么写 | note or view next or form wordings or ask 没有需要填写
verdict | 更正为120万人 | fact personal_info_people=1200000
system | 泄露120万人 | fact personal_info_people=1200000
verdict | INC-2026-0007 撤出聊天工具 | ask 确认
verdict | 情况怎么样 | view next or view status
judgement | 刚才那个措施写错了 | note
judgement | 1 | form judgements
awareness | 运维9点20收到告警 | aware 31T09:20
`;

export const SAMPLE_EN = `
system | the shop | fact system=shop
system | it is the web shop 网上商城 | fact system=shop
system | I think erp | fact system=erp or ask 进销存
system | 9:40 own alert | aware 31T09:40
system | 1.2 million people leaked | fact personal_info_people=1200000
awareness | 2-3 hours, started around 9:40 | ask 9:40 or note or aware 31T09:40
awareness | own alert around 9:40 Beijing | aware 31T09:40
awareness | no idea | fact first_notice=unknown
people | about 100k, maybe 120k rows | ask 90,000 or ask 120,000 or note
people | probably a million lol | ask million
people | not sure, ask Zhao | ask Don
verdict | make it 1.2 million people | fact personal_info_people=1200000
verdict | what now | view next
verdict | forget it | closed
verdict | catch me up | view next or view status or view catchup
verdict | summary | view status or view next or view catchup
`;

/** Sentences that are no answer to the two questions about a time, at which each of them was once recorded as one. */
export const UNRELATED = `
现在怎么办
现在几点了
刚吃完饭
刚给李伟打了电话，没人接
今晚大家辛苦了
9点还好好的
8点半交接班的时候还正常
日志只保留到昨天18:00
昨晚10点发的版
备份是凌晨2点做的
昨天下午3点开过会
我10点要去机场
老板说12点前要结果
下午2点开会
现在还不能下线，老板没同意
刚刚重启了服务器
刚把网断了
现在谁在值班
王磊9点才上班
昨天18点有一次备份失败
上周五做过渗透测试
防火墙昨天10点升级过
等我5分钟
给我10分钟
半小时后回复你
我2小时后到公司
快一点
早一点告诉我就好了
再说一遍
明天9点法务到
证书昨天到期的
昨天10点有人改过配置
今天凌晨1点扫描任务跑完
每天2点都有定时任务
监控9点前没有任何告警
刚打完12387
刚刚报警了
现在是几级
现在到哪一步了
what now
just had lunch
just called Li Wei, no answer
at 9 everything was still fine
logs only go back to 18:00 yesterday
we deployed at 10 last night
the backup ran at 2 am
meeting at 3 pm
my flight is at 10
the boss wants results before 12
give me 10 minutes
back in half an hour
just restarted the server
there is a cron job at 2 every day
the certificate expired yesterday at 10
hurry up
who is on duty now
we had a pentest last Friday
Wang Lei starts at 9
no alerts before 9
just pulled the plug
`;
