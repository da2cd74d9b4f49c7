/**
 * Lines by a sixth stranger, who saw neither the reader nor the earlier tables (30 Nov 2026), as people write them from a
 * taxi: `state | line | end | also`. At first try 52 of 110 ended as the stranger wanted, 66 with the ends added to 27 lines, and
 * 1 recorded something wrong. The ends added: a button or form that asks where the stranger would record.
 */
export const TAXI_ZH = `
system | 商城 就商城 进销存我刚在家登了下 好好的 | fact system=shop or ask 网上商城
system | 进销存!!刚手滑打成商城了 | fact system=erp or ask 进销存
system | 都不是那俩 是会员app | fact system=other or ask 其他系统
system | 选第二个 | fact system=erp
system | 王磊电话里跟我确认了 商城跟进销存两边都中招 | ask 网上商城 or fact system=shop
system | 应该是商城那台吧 我在出租上看不了后台 | ask 网上商城
system | 库存那头好像也不太对劲 数字跳来跳去的 | ask 进销存
system | 离要报还剩多少时间啊 | view status or view clocks
system | 你先别问了 把到现在知道的列一下 我刚上车啥都没看 | view catchup or view status or view answers
system | 这个到底谁去报 我还是赵敏 | view owed or view people or view next
system | 师傅您开快点行不[捂脸] | silent
system | @王磊 你到公司没 回个话啊 | silent
system | 上礼拜商城也卡过一回 后来查出来是cdn的锅 | note or silent
system | 阿里云告警短信 9:12那条 我当场就看到了 在地铁上没法回 | aware 31T09:12 or ask 09:12
awareness | 九点二十 陈洁那边接了个客人电话我们才晓得的 | aware 31T09:20
awareness | 不对不对 是9点零5 我翻了通话记录 | aware 31T09:05 or ask 09:05
awareness | 就是那个今天早上八点三刻吧waf的告警推到我手机上了然后我当时就看到了嘛 | aware 31T08:45 or ask 08:45
awareness | 供应商老周8:50打给我 说他们被黑了 连带我们的库也被人拖了 | aware 31T08:50 or ask 08:50
awareness | 勒索邮件是昨晚23:40进来的 不过我今早9点半才点开 | aware 31T09:30 or ask 9点半 or ask 09:30
awareness | 大概九点来钟 记不清了真的 | ask 09:
awareness | 陈姐好像比我早知道 你问她去 | note or silent
awareness | 半个钟前啦 我先看到告警的 | aware 31T09:2 or ask 09:2
awareness | 那一个小时从哪个点开始算 收到告警还是确认了才算 | view why or view question
awareness | 上面那个时间撤掉 我打错 | ask 撤销 or view answers or form correct_clock or form awareness
awareness | 十点整喊我一声 怕在车上眯着了 | cmd snooze or ask 提醒
awareness | 我嘞个去 | silent
awareness | 告警一天响八百遍 谁当真啊 | note or silent
awareness | 日志里最早一条异常是凌晨3:17 那会儿没人看见 | ask 03:17 or note
type | 勒索 文件后缀全变.locked 桌面还留了个txt要钱 | fact incident_type=malware.ransomware
type | 数据泄漏。tg上有人在卖咱们会员表,王磊抽了几条对过,真的 | fact incident_type=data.leak
type | ddos 高防那边确认了 峰值80多个G | fact incident_type=attack.denial_of_service or ask 拒绝服务
type | 首页被人换成堵博广告了 截图发小群了 | fact incident_type=attack.defacement or ask 网页篡改
type | 没人攻击 机房空开跳了 物业刚打电话认的 | fact incident_type=facility.supporting or fact incident_type=facility.technical or ask 故障
type | 会不会是钓鱼啊 小刘点过一个啥电子发票的链接 | ask 钓鱼
type | 瞅着像让人进来了 多了个admin2 没人认 | ask 失陷 or ask 攻击
type | 挖矿?cpu一直99 | ask 挖矿
type | 入侵跟恶意程序咋分的 我看着都差不多 | view question or view why or view law
type | 点错了 回上一题 | ask 撤销 or view answers or view question
type | 我看就是对面那家干的 去年抢单就不对付 | note or silent
type | 哎妈呀这整的 早饭都没咽下去 | silent
type | 帮我也带杯冰美式 到了转你 | silent
type | 肯定不是ddos 流量图平得跟啥似的 | note
people | 一万两千三百个会员 刚从库里count的 | fact personal_info_people=12300
people | 3.6w人 姓名手机号收货地址 密码跟银行卡没有 | fact personal_info_people=36000
people | 0个 用户表没碰过 审计日志我一条条翻的 | fact personal_info_people=0 or ask 0
people | 前面那个八千不作数哈 去完重是6241人 | fact personal_info_people=6241 or ask 6,241
people | 有身份证照片的是417个人 其他人只有手机号 多少还在数 | ask 417
people | 几千总归有的伐 | ask 千 or ask 000
people | 卖家喊一百二十万条 真的假的鬼知道 条又不等于人 | ask 120 or note
people | 会员一共二十来万 不见得全漏 | ask 20 or note
people | 现在数不出来 先跳过 | fact personal_info_people=unknown or ask 不清楚 or closed
people | 多少人以上就算重大来着 | view why or view question or view law
people | 草稿发我瞄一眼 车上有网 | view text or view draft or form first_report
people | 我这边十几个电话在排队 都来问自己信息有没有丢 | note
people | 陈洁辛苦 喝口水先 | silent
people | 打过110了 9:40 浦东分局 警官姓顾 | ask 报案 or form filing
ongoing | 停了 9点36断的外网 后面没再看到动静 | span ongoing 0 09:36 or form ongoing or ask 09:36
ongoing | 还在搞!刚又来一波 | running ongoing or ask 仍在持续
ongoing | 昨晚22:15到现在就没断过 我一宿没睡 | running ongoing
ongoing | 凌晨1:50~4:05 就这一段 日志清清楚楚 | span ongoing 01:50 04:05
ongoing | 谁说停了?我屏幕上还在往外传呢 | running ongoing
ongoing | 好像消停了 我再盯一会 | form ongoing or ask 结束
ongoing | 估摸半夜就开始了 几点得等日志拉下来 | ask 00:00 or ask 0:00 or note or form ongoing
ongoing | 我进隧道了 后面问王磊 让他接 | cmd hand_over or cmd add_person or ask 请王磊接班
ongoing | 虚惊一场 压测的流量打到生产了 这单关了吧 | cmd withdraw_declaration or form close or ask 误报
ongoing | 要是过了时限还没报会咋样 罚不罚钱 | view law or view why or view status or view clocks
ongoing | 10点我准备把那台拔网线 有意见的赶紧说 | note
ongoing | 南北高架堵死 一动不动 | silent
ongoing | 收到 | silent
ongoing | 财务对下来了 退款账号被改 少掉38600块 | fact direct_loss_cny=38600 or ask 38,600 or ask 3.86
outage | 8:55到9:31 36分钟 | span site_outage_minutes 08:55 09:31
outage | 整整断了一个半钟头 这会儿刚恢复 | fact site_outage_minutes=90 or span site_outage_minutes 08:22 09:52 or ask 90 or ask 1.5 or ask 1小时30分
outage | 9点08开始打不开 到现在还是502 | running site_outage_minutes
outage | 没宕过 一直能下单 就是慢点 | fact site_outage_minutes=0 or ask 0分钟
outage | 【监控】mall-web DOWN 47min → UP | fact site_outage_minutes=47 or ask 47
outage | 前前后后二三十分钟吧 | ask 20 or ask 30
outage | 有客人讲昨天夜里就进不去了 我没核实哦 | ask 昨 or note or form ongoing
outage | 页面转半分钟才出来 这种算不算中断 | view question or view why or note
outage | 导个word给我 赵敏要拿去盖章 | view download
outage | 12387打完了 9点44打的 接线员工号我记手上了 | filing 09:44 or form phone_report
outage | 王磊说再给他十分钟就能起来 | note
outage | 喂喂听得到吗我在车上信号不太好等一下再讲啊 | silent
outage | 去年双十一挂了俩小时也没见谁来问 | note or silent
outage | 更正一下 受影响的是会员app 商城没事 | fact system=other or ask 其他系统 or form correct
judgement | 严重 我定的 有事算我头上 | form judgements or fact system_loss=serious
judgement | 较严重,李伟刚在电话里拍板了 | form judgements
judgement | 没威胁 选"无"就行 | form judgements
judgement | 特别严重……吧?我不太敢说 | form judgements
judgement | 这得李伟讲 我一个写代码的别问我 | note or form judgements
judgement | 反正怪吓人的 | note or silent
judgement | 个人觉得起码严重往上走 你们看呢 | form judgements
judgement | 这四档啥标准 举个例子呗 | view question or view why or view law
judgement | 车一颠按成特别严重了 快撤回 | ask 撤销 or view answers
judgement | 包里除了手机号还有订单记录和身份证号 王磊看过了 | cmd fill_field or ask 种类 or note
judgement | 严重的是我今天四点才睡 哈哈哈 | silent
judgement | 听讲隔壁园区那家前两天被定了重大 | note or silent
judgement | 网警那边是不是已经有人报过了? 好像法务讲过一嘴 | ask 报案 or form filing
verdict | 12387谁打 手机打要加021不 | view script or view owed or view people
verdict | 头一份报告里哪几样必须写 缺的能后补吗 | view checklist or view owed or form first_report
verdict | 我赵敏 看过了 同意报 | ask 稿 or cmd approve or view text or form decide_approval
verdict | 报上去了 网页提示提交成功 回执尾号0937 | form filing or filing 0937
verdict | 凭啥是较大不是一般 哪一条写的 | view why
verdict | 电话我来打 你给我写几句照着念 | view script
verdict | 人数得改 王磊最终跑出来52117人 | fact personal_info_people=52117 or ask 52,117
verdict | 警报过了 徐汇网安 十分钟前 | ask 报案 or form filing
verdict | 微博上有人爆料说漏了不止10万人 我也是刷到的 | ask 10 or note
verdict | 进销存貌似也给加密了 仓库小张讲的 | ask 进销存 or ask 勒索
verdict | 谢谢小机器人 比某些人靠谱 | silent
verdict | 家里娃在哭 我先闭麦 | silent
verdict | 对方开口要3个比特币 咱没付 | cmd fill_field or note or ask 勒索
`;
