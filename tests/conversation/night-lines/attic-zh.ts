/** Chinese lines of two strangers who had never seen the bot, at first sight 85 to 91 of 100 of them ended as wanted. */
export const ATTIC_ZH = `
system | 网上商城后台进不去了 | fact system=shop
system | 就是卖货那个站 | ask 涉事系统：网上商城
system | 会员app，别的都还好 | ask 其他系统
system | 商城跟会员都有份 | ask 其他系统
system | 应该不是进销存 | note
system | 陈洁你那边客服系统能登吗 | silent
system | 我刚睡醒，什么情况 | view catchup
system | 现在要报给谁啊 | view owed
system | 进销存系统 凌晨3点多就开始慢了 今早8:40看门狗告警我们才知道 | aware 31T08:40 | system
system | 谁值班？ | view people
awareness | 9点一刻王磊打电话跟我说的 | aware 31T09:15
awareness | 昨天夜里供应商发过邮件，我们今天早上九点才看到 | aware 31T09:00
awareness | 9:05 | aware 31T09:05
awareness | 大概九点左右吧 | aware 31T09:00
awareness | 等我查下告警时间 | note or silent
awareness | 安全厂商8点50微信通知的，截图在我手机里 | aware 31T08:50
awareness | 不是9点20，是9点02 | aware 31T09:02
awareness | 上周也报过一次一样的，那次是误报 | note
awareness | 客户投诉是9:30，但是值班日志写的9:11 | ask 9:30
awareness | 我咋知道啊我又不在 | note
awareness | 还剩多少时间 | view status
type | 被勒索了，桌面上有个README.txt要比特币 | fact incident_type=malware.ransomware
type | 看着像是撞库 | ask 凭据攻击事件
type | 硬盘坏了，没人攻击 | ask 技术故障事件
type | 首页变成赌博网站了！！ | ask 网页篡改事件
type | 流量打满了，运营商说是cc攻击 | ask 拒绝服务事件
type | 是运营商断线了不是我们的问题 | fact incident_type=facility.supporting or ask 配套设施故障事件
type | 王磊说可能有webshell | ask 后门植入事件
type | 先别定性，等取证 | note
type | 数据库被拖了 我在暗网看到卖我们数据的帖子 | ask 数据泄露事件
type | 这题什么意思 | view question
people | 3万2 | fact personal_info_people=32000
people | 会员表一共118万，导出去的是其中一部分 | ask 泄露公民个人信息涉及人数：118万人
people | 没有个人信息，都是商品数据 | ask 泄露公民个人信息涉及人数：0人
people | 几千条吧，还没对完 | ask 泄露公民个人信息涉及人数：2,000至不足1万人
people | 4500多个手机号 | ask 泄露公民个人信息涉及人数：4,500至4,599人
people | 你问法务，赵敏在查 | note or silent or ask 不清楚
people | 12387打通了吗 | form phone_report or view owed or silent
people | 张三李四王五的身份证都在里面 | note
people | 备份里有80万，不过备份没丢 | note
ongoing | 还在打 | running ongoing
ongoing | 九点四十已经切回来了，现在正常 | form ongoing
ongoing | 暂时压住了，不敢说完了 | form ongoing
ongoing | 我先去吃口饭 | silent
ongoing | 刚才那条撤了，点错了 | view answers or ask 更正
ongoing | 数据还在往外传，ip在境外 | ask 09:20起，仍在持续
outage | 9点到9点25，二十五分钟 | span site_outage_minutes 09:00 09:25
outage | 没断，就是卡 | ask 网站因攻击、故障不能访问的时长：0分钟
outage | 半个钟头多一点 | ask 网站因攻击、故障不能访问的时长：30分钟
outage | 从八点五十到现在都没起来 | running site_outage_minutes
outage | 昨天割接停了两小时，那是计划内的 | note
judgement | 王磊觉得挺严重，我没看懂 | note or form judgements
judgement | 较大吧 | form judgements
judgement | 这谁敢说 | silent or note
judgement | 选第二个 | form judgements
verdict | 我来牵头吧 | cmd take_lead
verdict | 已经打过12387了，接线的姓周，工号2207 | form phone_report or ask 确认登记报送
verdict | 赵敏麻烦看下稿子能不能发 | view text or silent
verdict | 稿子发我看看 | view text
verdict | 电话里怎么讲 | view script
verdict | 公安那边网安支队已经说过了，9:35 | ask 涉嫌犯罪，已报案
verdict | 虚惊一场，是我们自己的压测 | cmd withdraw_declaration
verdict | 半小时后再叫我 | ask 推迟提醒30分钟
verdict | 凭什么算较大 | view why
verdict | 辛苦大家了 | silent
verdict | 还差哪些没填 | view checklist
system | 商城 打不开了都 | fact system=shop
system | 进销存那台,刚ssh上去看了,就它 | fact system=erp
system | 不是商城!!是进销存,商城好好的我刚下了一单 | fact system=erp or ask 进销存系统
system | 会员app,登陆接口那块被人扫了库 | ask 其他系统
system | 好像是进销存?我没权限看 @王磊 你瞅一眼 | ask 涉事系统：进销存系统
system | 是不是又是商城啊 周五才修好的 | silent
system | 俩都有,网店跟仓库那个系统 | ask 进销存系统
system | 机器人你先说还剩多久 | view status
system | 上礼拜进销存也抽过一次风,跟今天没关系 | note
system | 我在地铁上没信号 十分钟到 | silent
system | 9点12分接到阿里云告警短信,我当时就看到了,商城的ECS | aware 31T09:12 | system
system | 误报吧这是 撤了撤了 我刚才在压测 | cmd withdraw_declaration or ask 误报撤回
system | 选项里没有的咋填,我们是短信平台 供应商那边的 | ask 其他系统
awareness | 九点二十,陈洁接了个顾客电话说账号被人登了,才晓得的 | aware 31T09:20
awareness | 我8:47收到的监控邮件,不过9点05才点开看 | ask 8:47
awareness | 不对 是9:20不是9:30,我翻了下通话记录 | aware 31T09:20
awareness | 大概九点多吧 记不清了 | ask 获知时间：09:00
awareness | 半小时前 waf报的 | ask 获知时间：09:22
awareness | 昨晚11点半运维群里就有人吼了,我们那时候就知道了,别装了 | aware 30T23:30
awareness | 听仓库老张讲他们一早就发现不对了 几点没说 | form awareness
awareness | 这个"知道"是从告警发出来算还是从人看到算啊 法务说句话 | view question
awareness | 供应商今早9:01发的邮件,赵敏和我都抄送了,9:03看的 | ask 今早9:01
awareness | [告警] 2026-03-31 09:08:33 prod-mall-db01 异常外联 185.xx.xx.7 出流量 2.1GB | ask 获知时间：09:08
awareness | 我刚才点错了 退回上一步 | view answers or ask 更正
awareness | 我早饭还没吃呢操 | silent
awareness | 攻击者3月28号就进来了,日志里看的。我们发现是今天9点10分 | aware 31T09:10 or ask 09:10
type | 勒索,桌面上全是README_UNLOCK.txt | fact incident_type=malware.ransomware
type | 数据泄露 暗网上有人挂出来卖了 我看到帖子了 | fact incident_type=data.leak
type | 不是ddos 流量很平 | note
type | 像是被拖库了 还没坐实 | ask 数据泄露事件
type | 首页被换成一个骷髅头了我去,还放歌 | ask 网页篡改事件
type | 内网那台给人种了挖矿木马,cpu 100% | ask 特洛伊木马事件
type | 不会是王磊昨天发版发崩的吧哈哈 | silent
type | 对方要3个比特币 我们还没付 也不打算付 | note
type | 不晓得 等安全厂商上来看 | note
type | 已经报警了 漕河泾派出所,9点40打的110 | ask 涉嫌犯罪，已报案
type | 先把初报草稿给我看一眼 | view text
type | 勒索和入侵都有,先打进来再加密的 | ask 勒索软件事件
people | 十二万三左右的会员,手机号加收货地址 | ask 泄露公民个人信息涉及人数：11.07万至13.53万人
people | select count(*) from t_member; 86421 | ask 泄露公民个人信息涉及人数：86,421人
people | 上面写的那个数删掉 瞎写的 | view answers or ask 更正
people | 更正 不是8600 少打个0,86000人 | ask 泄露公民个人信息涉及人数：8.6万人
people | 没有个人信息,那个库里只有sku和库存数 | ask 泄露公民个人信息涉及人数：0人
people | 估计上百万吧?我们会员总共也就130万 | ask 100
people | 销售部那边传是五万条,五万条不等于五万人哦 | ask 泄露公民个人信息涉及人数：5万人
people | 身份证没存 银行卡也没存 就姓名手机号 | note
people | 去年那次是2万人 罚了多少来着 | note
people | 我去拉个数 五分钟后提醒我一下 | ask 推迟提醒5分钟
people | 至少一万五,还在往上涨 | range personal_info_people 15000
people | @陈洁 今天早上投诉电话你那边接了多少通 | silent
people | 目前弄清楚哪些了 机器人给个小结 | view catchup or ask 补课
ongoing | 还在打 带宽还是满的 | ask 09:20起，仍在持续
ongoing | 停了停了,9:38把那个ip封掉以后就没动静了 | form ongoing
ongoing | 从凌晨3点17开始的,日志第一条就在那儿,现在还没断 | running ongoing
ongoing | 应该算控制住了吧,我网线拔了 | form ongoing
ongoing | 八点五十到九点二十五 前后半个多钟头 | span ongoing 08:50 09:25
ongoing | 我准备10点重启 大家先别动机器 | note
ongoing | 别重启!!内存要留证据 | note
ongoing | 12387我打过了,刚挂,对方姓陆,让我们补书面的 | form phone_report
ongoing | 王磊你那边还在不在继续啊 | silent
ongoing | 我要下线了 交给赵敏接手 | cmd hand_over or ask 赵敏
ongoing | 昨天半夜开始的貌似 具体等日志 | form ongoing
ongoing | 机器人你能不能别五分钟催一次 | ask 推迟提醒5分钟
outage | 挂了四十三分钟,9:02到9:45 | span site_outage_minutes 09:02 09:45
outage | 没挂过 一直能访问 | fact site_outage_minutes=0
outage | 怎么老问我 你问王磊去啊 这题归他 | silent
outage | 8点55起就打不开,还没恢复 | running site_outage_minutes
outage | 顾客说早上起来就进不去,是个顾客说的啊我没验证 | form ongoing
outage | 二十来分钟?三十?反正不到四十 | ask 20 or form ongoing
outage | HTTP/1.1 503 Service Unavailable Retry-After: 120 | note
outage | 这段时间少卖了差不多17万 财务刚给的数 | ask 直接经济损失（元）：15.3万元至18.7万元
outage | 咱这个到底要不要报 几点之前报 | view status
outage | 维护窗口那15分钟别算进去,那是凌晨2点计划内的 | note
outage | 辛苦了各位🙏 中午我请奶茶 | silent
outage | 导个word给我 老板要看 | view download
judgement | 比较严重 我拍板 有事我担着 | form judgements
judgement | 严重吧 我觉得 敏姐你觉得呢 | form judgements
judgement | 特别严重,李伟和我电话里定了 | form judgements
judgement | 收到 | silent
judgement | 严重个屁 就一台打印机 | form judgements
judgement | 这四档怎么分的 有没有标准 发一下 | view question
judgement | 我是客服我哪懂这个 问李总去 | silent or note
judgement | 先空着 等会儿再定 | ask 不清楚
judgement | 刚才那个人数写错了,帮我改成3万2千人 | ask 泄露公民个人信息涉及人数：3.2万人
judgement | 老板说"别搞太严重" 呵呵 | note or silent
judgement | 警察那边还没通知 谁去 | note or view owed
judgement | 要是泄露坐实了就定严重,没坐实就比较严重 | form judgements
judgement | 支付宝那边说有人盗刷,加起来4320块,已经确认是我们这批账号 | ask 直接经济损失（元）：4,320元
verdict | 较大是吧 那谁打12387 | view people or ask 人员
verdict | 我来打 李伟你把要说的话给我 | view script or ask 电话报告稿
verdict | 同意,发吧 | ask 出稿 or view text
verdict | 等等先别发 我还没看完第二段 | note
verdict | 不认这个级别 人数是算重复了的,去重后四千一百零七人 | ask 4,107
verdict | 电话占线 打了三遍 | note
verdict | 网信办那边有没有邮箱可以发 | view owed or ask 应报事项
verdict | 我家猫把键盘踩了 上面那条不算 | view answers or ask 撤销
verdict | 10点前交得掉伐 急煞特了 | view status
verdict | 报给公安了没 好像陈洁说报过了 | ask 涉嫌犯罪，已报案
verdict | 阿里云工程师10:30进场 到时候再说 | note
verdict | 商城9:46恢复了 我这儿能下单了,9:05挂的 | span site_outage_minutes 09:05 09:46 or form ongoing
`;
