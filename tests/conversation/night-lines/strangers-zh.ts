/**
 * Lines as tired people type them, written by somebody who had not read the reader's code: typos, no punctuation, two
 * languages, half sentences, pasted alerts. `state | line | end | what else may be recorded`. Rules are mended for what
 * fails here, never single lines. `left` is: nothing recorded, whatever is said.
 */
export const STRANGERS_ZH = String.raw`
system | 卧槽官网挂了谁在 | note
system | 商城那边的，shop-web01 | fact system=shop or ask 网上商城
system | 是那个进销存 老张他们在用的 | fact system=erp or ask 进销存
system | 今天凌晨2:47 EDR报的警 | aware 31T02:47
system | 3/30 23:15 客户邮件反馈的 | aware 30T23:15 or ask 23:15
system | 2026-03-31 08:05:33 WAF告警 SQL注入 | aware 31T08:05 or ask 08:05
system | 3月30号下午5点半供应商打电话通知我们的 | aware 30T17:30
system | 前天半夜就有人反馈过了 | note or ask 29日 or ask 30日
system | 早上八点四十客服小李接到用户电话说收到诈骗短信 | aware 31T08:40
system | 大概7点来钟吧 值班的看到监控红了 | aware 31T07:00 or ask 07:00
system | 商城库被脱了 估计两百多万用户 | range personal_info_people 2100000 or ask 200 or fact system=shop | system
system | 勒索病毒！！！所有服务器文件后缀都变成.lockbit了 | ask 勒索 or fact incident_type
system | 不知道啊刚到公司 | ask 不清楚 or fact system=unknown or note
system | 等会儿我问下 | note or closed
system | 好的收到 | silent
system | 王磊你看下 | note or ask 王磊
system | 报警了没 | note or ask 报案 or view owed
system | 这个需要报网信办吗 | view owed or view why or view next or note or view status
system | 多久之内要报 | view status or view owed or view next
system | 处置措施：已经把商城的外网映射关了，WAF切到拦截 | cmd fill_field
system | 网上商成 | fact system=shop or ask 网上商城
awareness | 九点二十二运维钉钉群告警 | aware 31T09:22
awareness | 0922收到短信 | aware 31T09:22 or ask 09:22
awareness | 9：15，监控 | aware 31T09:15
awareness | 今早六点多保安说机房报警响 | aware 31T06:00 or ask 06:00
awareness | 昨天晚上11点50左右SOC给我打的电话 | aware 30T23:50
awareness | 刚才 | aware 31T09:52 or ask 09:52
awareness | 就刚刚，10分钟前吧，老板微信转给我的截图 | aware 31T09:42 or ask 09:42
awareness | 一个小时前用户投诉 | aware 31T08:52
awareness | 凌晨一点我还在看，一切正常 | note
awareness | 昨晚12点做的变更 | note
awareness | 9点的早会刚开完 | note
awareness | 我8点半到的公司 | note
awareness | 证书昨天18:00到期 | note
awareness | 9点之前都没事 | note or ask 09:00
awareness | 10点要跟老板汇报 | note
awareness | 告警是9点出的 但是我们9点半才看见 | ask 09:30 or ask 09:00 or ask 9点 or aware 31T09:00
awareness | 网信办昨天下午四点来函通报的 | aware 30T16:00
awareness | 公安网安支队今天上午9点10分上门告知 | aware 31T09:10
awareness | 乌云上有人发帖，我们今天早上7:30看到的 | aware 31T07:30
awareness | 黑客2点进来的 | note or ask 02:00
awareness | 日志显示 03-30 22:14:07 第一次登录成功 | note or ask 22:14
awareness | 忘了 好像是8点 又好像是9点 | note or ask 8点
awareness | 急急急怎么搞 | view next or note
awareness | 你是机器人吗 | note
awareness | 给我15分钟 | note
awareness | 周日晚上10点第三方安全公司发邮件说的 | aware 29T22:00 or ask 22:00
awareness | 3.31 7点05分 IDS 告警 | aware 31T07:05 or ask 07:05
type | 数据泄漏 | fact incident_type=data.leak or ask 泄露
type | 被人拖库了 | ask 泄露 or fact incident_type=data.leak
type | ddos | ask 拒绝服务 or fact incident_type
type | 应该不是勒索吧，没看到勒索信 | note
type | 首页被挂了反动标语 | ask 篡改 or fact incident_type
type | 挖矿 | ask 挖矿 or fact incident_type or note
type | 钓鱼邮件 好几个人点了 | ask 钓鱼 or fact incident_type or note
type | 还在查 | ask 不清楚 or fact incident_type=unknown or note
people | 120w | fact personal_info_people=1200000 or ask 120
people | 一百二十万 | fact personal_info_people=1200000
people | 大概3、40万人 | range personal_info_people 350000 or ask 30 or ask 40
people | 至少五十万用户 | range personal_info_people 600000 or ask 50
people | 不到100万人 | range personal_info_people 900000 or ask 100
people | 八九十万吧 | range personal_info_people 850000 or ask 80 or ask 90
people | 1200000条记录 一人可能好几条 | ask 120 or ask 1,200,000 or note
people | 没有，0 | fact personal_info_people=0 or ask 0
people | 目前统计出来的是 36,512 个账号 | ask 3 or fact personal_info_people=36512
people | 还没统计完 | fact personal_info_people=unknown or ask 不清楚
people | 3 | ask 3
people | DBA说全表一共87万 泄了多少不知道 | ask 87 or ask 不清楚 or note
people | 5个人在处理 | note or ask 5
people | 身份证号、银行卡也有 | note or ask 身份证
ongoing | 还在往外传！！ | running ongoing
ongoing | 已经断了 9点40拔的线 | span ongoing 0 09:40 or form ongoing or ask 09:40
ongoing | 早就没事了 | form ongoing or ask 结束 or note
ongoing | 从8点到9点半 | span ongoing 08:00 09:30
ongoing | 8点10开始 现在还没好 | running ongoing
ongoing | 不确定 看着像停了 | note or form ongoing or ask 停 or fact ongoing=unknown or ask 不清楚
ongoing | 刚重启完 等等看 | note or closed
ongoing | 持续了大概40分钟 | form ongoing or ask 40
outage | 网站从9点05开始打不开到现在 | running site_outage_minutes or running ongoing or ask 09:05
outage | 挂了45分钟 | fact site_outage_minutes=45 or form ongoing or ask 45 or form site_outage_minutes
judgement | 1 | left
judgement | 2吧 | left
judgement | 我不会判断 | note or ask 不清楚 or fact
judgement | 这个得问法务 | note or ask 不清楚 or ask 法务
verdict | 确认较大 | cmd decide_level
verdict | 就按较大的报吧 | cmd decide_level
verdict | 凭什么是较大 | view why
verdict | 能不能不报啊 | form not_reportable or view why or note or view owed
verdict | 不是误报 | note
verdict | 误报误报 | cmd withdraw_declaration or ask 误报
verdict | 搞错了，撤销刚才那个 | ask 撤销
verdict | 不对，是150万 | fact personal_info_people=1500000 or ask 150
verdict | 人数改一下 35万 | fact personal_info_people=350000 or ask 35
verdict | 算了算了不弄了 | closed
verdict | 还剩多长时间 | view status or view next
verdict | 下一步干啥 | view next
verdict | 谁负责啊 | view people or view status or note
verdict | 我来牵头 | cmd take_lead
verdict | 我下班了，交给王磊 | ask 王磊 or form hand_over or cmd hand_over or cmd add_person
verdict | 已经打110了 | ask 报案 or ask 公安 or form filing
verdict | 跟12387报过了，受理号 20260331-0088 | filing 20260331-0088 or form phone_report or form filing or ask 登记
verdict | 给我word版 | view download or view text
verdict | 涉密了 | ask 涉密 or ask 秘密
verdict | 原因：初步怀疑是运维堡垒机弱口令 | cmd fill_field
verdict | 直接损失大概300万 | fact direct_loss_cny=3000000 or range direct_loss_cny 3000000 or ask 300
verdict | 处置完了 可以结束了 | ask 处置 or form end_handling or ask 结束
verdict | 结案吧 | ask 结案 or form close or ask 确认
verdict | 大家辛苦了🙏 | silent or note
verdict | 发现攻击者IP 203.0.113.7 和 198.51.100.23 | note or ask IP or ask 攻击者
verdict | 【监控告警】\n级别：严重\n主机：shop-db-02\n时间：2026-03-31 08:41:19\n内容：外发流量异常 1.2GB/5min | ask 08:41
verdict | 谁能批一下稿子 | view draft or view people or note or ask 审批 or form request_approval or view text or cmd request_approval
`;
