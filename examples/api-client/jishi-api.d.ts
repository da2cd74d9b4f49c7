// Made from /api/v1/openapi.json by npm run generate; do not edit.

export interface paths {
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** This document */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: unknown;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in, and how one may sign in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string | null;
                            /** @enum {string} */
                            signIn: "local" | "link" | "login" | "closed";
                            sendsLinks: boolean;
                            single: string | null;
                            administrates: boolean;
                            now: components["schemas"]["Instant"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Choose who you are (local mode only, in a browser that came by the printed link) */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            name: null;
                            signOut: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/link": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Have a sign-in link sent by chat or mail; the answer is the same for whom nobody knows */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        who: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": Record<string, never>;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Incidents the caller may see, newest first */
        get: {
            parameters: {
                query?: {
                    open?: "true" | "false";
                    search?: string;
                    limit?: number;
                    before?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            incidents: components["schemas"]["IncidentRow"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Declare an incident */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        title: string;
                        /** Format: date-time */
                        awareness?: string;
                        drill?: boolean;
                        speed?: number;
                        scenario?: string;
                        anyway?: boolean;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangedIncident"] | components["schemas"]["ChangedUnseen"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The register of incidents with their duties, newest first, and figures over them; what the caller may not see is null */
        get: {
            parameters: {
                query?: {
                    open?: "true" | "false";
                    search?: string;
                    from?: string;
                    until?: string;
                    since?: string;
                    drills?: "true" | "false";
                    level?: string;
                    phase?: "classifying" | "reporting" | "handling" | "ended" | "closed";
                    lead?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            register: components["schemas"]["RegisterRow"][];
                            figures: components["schemas"]["RegisterFigures"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register/page": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One page of the register, sorted by a column (`-` in front: downwards), and how many incidents fit */
        get: {
            parameters: {
                query?: {
                    open?: "true" | "false";
                    search?: string;
                    from?: string;
                    until?: string;
                    since?: string;
                    drills?: "true" | "false";
                    level?: string;
                    phase?: "classifying" | "reporting" | "handling" | "ended" | "closed";
                    lead?: string;
                    sort?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            register: components["schemas"]["RegisterRow"][];
                            total: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Figures over the register alone */
        get: {
            parameters: {
                query?: {
                    open?: "true" | "false";
                    search?: string;
                    from?: string;
                    until?: string;
                    since?: string;
                    drills?: "true" | "false";
                    level?: string;
                    phase?: "classifying" | "reporting" | "handling" | "ended" | "closed";
                    lead?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            figures: components["schemas"]["RegisterFigures"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/register.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The register as a table, one line for each incident; Accept-Language gives its language */
        get: {
            parameters: {
                query?: {
                    open?: "true" | "false";
                    search?: string;
                    from?: string;
                    until?: string;
                    since?: string;
                    drills?: "true" | "false";
                    level?: string;
                    phase?: "classifying" | "reporting" | "handling" | "ended" | "closed";
                    lead?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Results of the latest drills that have ended and that the caller may see, newest first */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            drills: {
                                id: string;
                                title: string;
                                scenario: string | null;
                                at: components["schemas"]["Instant"];
                                percent: number;
                                score: {
                                    stages: {
                                        /** @enum {string} */
                                        stage: "awareness" | "level" | "draft" | "approval" | "filing";
                                        minutes: number | null;
                                        /** @enum {string} */
                                        outcome: "met" | "late" | "missed";
                                    }[];
                                    limit: number | null;
                                    level: {
                                        decided: string | null;
                                        expected: string | null;
                                        right: boolean | null;
                                    };
                                    missedFacts: string[];
                                    forgottenRecipients: string[];
                                    openItems: number[];
                                    injects: {
                                        inject: {
                                            id: string;
                                            at: number;
                                            /** @constant */
                                            after?: "filing";
                                            from: {
                                                zh: string;
                                                en: string;
                                            };
                                            text: {
                                                zh: string;
                                                en: string;
                                            };
                                            expect?: {
                                                /** @enum {string} */
                                                act: "confirm_awareness" | "answer" | "fill_field" | "decide_level" | "compile" | "ask_approval" | "approve" | "file" | "note" | "request" | "stop" | "leave_chat" | "end_handling";
                                                fact?: string;
                                                within: number;
                                            };
                                            request?: {
                                                recipient: string;
                                                within: number;
                                            };
                                            /** @enum {string} */
                                            chat?: "down" | "back";
                                        };
                                        minutes: number | null;
                                        /** @enum {string} */
                                        outcome: "met" | "late" | "missed";
                                    }[];
                                    calls: {
                                        call: number;
                                        items: number;
                                        left: string[];
                                        open: number;
                                        seconds: number;
                                        firstAfter: number | null;
                                        shorter: number | null;
                                        receipt: string | null;
                                    }[];
                                    reminders: number;
                                    points: number;
                                    of: number;
                                };
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The state of an incident */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Incident"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/intents": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Do something; answers the new state */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        intent: {
                            /** @constant */
                            type: "declare";
                            title: string;
                            /** Format: date-time */
                            awareness?: string;
                            drill?: boolean;
                            speed?: number;
                            scenario?: string;
                            system?: string;
                        } | {
                            /** @constant */
                            type: "withdraw_declaration";
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "rename";
                            title: string;
                        } | {
                            /** @constant */
                            type: "relate";
                            incident: string;
                            /** @enum {string} */
                            how: "related" | "duplicate_of" | "has_duplicate" | "none";
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "answer";
                            fact: string;
                            value: number | boolean | string | string[] | {
                                /** Format: date-time */
                                since: string;
                                /** Format: date-time */
                                until?: string;
                            } | {
                                spans: ({
                                    /** Format: date-time */
                                    since: string;
                                    /** Format: date-time */
                                    until?: string;
                                } | number)[];
                            } | {
                                oneOf: string[];
                            } | {
                                min?: number;
                                max?: number;
                            };
                            basis?: string;
                        } | {
                            /** @constant */
                            type: "add_awareness";
                            /** Format: date-time */
                            at: string;
                            /** @enum {string} */
                            source: "declaration" | "alert" | "mail" | "call" | "chat" | "supplier" | "customer" | "authority" | "press" | "other";
                            description?: string;
                            reachedUs: boolean;
                            link?: string;
                            proofs?: string[];
                        } | {
                            /** @constant */
                            type: "confirm_awareness";
                            candidate: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "withdraw_awareness";
                            candidate: string;
                        } | {
                            /** @constant */
                            type: "settle_question";
                            regime?: string;
                            question: string;
                            reading: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "decide_level";
                            regime?: string;
                            level: string;
                            reason?: string;
                            authority?: string;
                            proof?: {
                                file?: string;
                                message?: string;
                                office?: string;
                            };
                        } | {
                            /** @constant */
                            type: "not_reportable";
                            regime?: string;
                            reason: string;
                            /** Format: date-time */
                            reviewAt: string;
                            considered?: string[];
                        } | {
                            /** @constant */
                            type: "withdraw_decision";
                            about: string;
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "take_law";
                            law: string;
                            version?: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "stop_state_secret";
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "lift_stop";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "second";
                            proposal: string;
                            agree: boolean;
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "second_level";
                            agree: boolean;
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "take_lead";
                        } | {
                            /** @constant */
                            type: "take_charge";
                        } | {
                            /** @constant */
                            type: "hand_over";
                            person: string;
                        } | {
                            /** @constant */
                            type: "take_over";
                        } | {
                            /** @constant */
                            type: "ask_to_join";
                        } | {
                            /** @constant */
                            type: "ask_for";
                            right: string;
                        } | {
                            /** @constant */
                            type: "add_person";
                            person: string;
                        } | {
                            /** @constant */
                            type: "remove_person";
                            person: string;
                            reason?: string;
                        } | {
                            /** @constant */
                            type: "set_language";
                            /** @enum {string} */
                            language: "en" | "zh-CN";
                        } | {
                            /** @constant */
                            type: "name_person";
                            actor: string;
                            name: string;
                            /** @enum {string} */
                            language: "en" | "zh-CN";
                        } | {
                            /** @constant */
                            type: "assign_item";
                            item: string;
                            person: string | null;
                        } | {
                            /** @constant */
                            type: "take_item";
                            item: string;
                        } | {
                            /** @constant */
                            type: "fill_field";
                            field: string;
                            value: {
                                /** @constant */
                                state: "known";
                                text: string;
                            } | {
                                /** @constant */
                                state: "estimate";
                                text: string;
                                /** Format: date-time */
                                asOf: string;
                            } | {
                                /** @constant */
                                state: "unknown";
                            };
                            wording?: string;
                        } | {
                            /** @constant */
                            type: "confirm_wording";
                            field: string;
                            wording: string;
                        } | {
                            /** @constant */
                            type: "choose_version";
                            field: string;
                            version: number;
                        } | {
                            /** @constant */
                            type: "add_note";
                            text: string;
                            /** Format: date-time */
                            happenedAt?: string;
                            link?: string;
                            author?: string;
                        } | {
                            /** @constant */
                            type: "add_evidence";
                            evidence: {
                                file: string;
                                name: string;
                                size: number;
                                mediaType: string;
                            };
                            item?: string;
                        } | {
                            /** @constant */
                            type: "compile_draft";
                            regime?: string;
                            report: string;
                            /** @default [] */
                            cannotDetermine?: ("cause" | "impact" | "trend")[];
                            statement?: string;
                        } | {
                            /** @constant */
                            type: "request_approval";
                            draft: number;
                        } | {
                            /** @constant */
                            type: "approve";
                            draft: number;
                            hash: string;
                        } | {
                            /** @constant */
                            type: "send_back";
                            draft: number;
                            comments: {
                                text: string;
                                item?: string;
                            }[];
                        } | {
                            /** @constant */
                            type: "assess_point";
                            point: string;
                            /** @enum {string} */
                            finding: "settled" | "open" | "not_applicable";
                            note?: string;
                        } | {
                            /** @constant */
                            type: "record_filing";
                            obligation: string;
                            channel: string;
                            /** Format: date-time */
                            at: string;
                            receipt?: string;
                            noReceipt?: string;
                            draft?: number;
                            to?: string;
                            forwardedBy?: string;
                            takenBy?: string;
                            proof?: string;
                            sealFollows?: boolean;
                            withoutApproval?: string;
                            otherChannel?: string;
                            contradictionsKept?: string;
                            lateReason?: string;
                        } | {
                            /** @constant */
                            type: "correct_filing";
                            filing: number;
                            receipt?: string;
                            proof?: string;
                            /** Format: date-time */
                            at?: string;
                            channel?: string;
                            draft?: number;
                            reason?: string;
                            contradictionsKept?: string;
                            mistaken?: string;
                            sentTo?: string;
                        } | {
                            /** @constant */
                            type: "practise_filing";
                            obligation: string;
                            channel: string;
                            draft?: number;
                            contradictionsKept?: string;
                        } | {
                            /** @constant */
                            type: "explain_delay";
                            obligation: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "add_request";
                            from: string;
                            recipient: string;
                            what: string;
                            /** Format: date-time */
                            receivedAt: string;
                            /** Format: date-time */
                            due?: string;
                        } | {
                            /** @constant */
                            type: "drop_request";
                            request: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "not_owed";
                            obligation: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "add_task";
                            text: string;
                            item?: string;
                            person?: string;
                            /** Format: date-time */
                            due?: string;
                        } | {
                            /** @constant */
                            type: "change_task";
                            task: string;
                            person?: string | null;
                            due?: string | null;
                        } | {
                            /** @constant */
                            type: "finish_task";
                            task: string;
                            note?: string;
                        } | {
                            /** @constant */
                            type: "end_handling";
                            regime?: string;
                            /** Format: date-time */
                            at: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "close";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "reopen";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "hold";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "release_hold";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "erase";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "expire";
                        } | {
                            /** @constant */
                            type: "add_room";
                            room: {
                                platform: string;
                                tenant: string;
                                address: string;
                                /** @enum {string} */
                                location: "home" | "abroad";
                                /** @enum {string} */
                                language: "en" | "zh-CN";
                                name?: string;
                                open: boolean;
                                zone?: string;
                                insteadOf?: string;
                                /** @constant */
                                unconfirmed?: true;
                                /** @constant */
                                made?: true;
                                /** @constant */
                                assumed?: true;
                            };
                        } | {
                            /** @constant */
                            type: "remove_room";
                            room: string;
                        } | {
                            /** @constant */
                            type: "confirm_room";
                            room: string;
                        } | {
                            /** @constant */
                            type: "leave_chat";
                            reason?: string;
                            /** @constant */
                            quiet?: true;
                        } | {
                            /** @constant */
                            type: "return_to_chat";
                            reason: string;
                        } | {
                            /** @constant */
                            type: "release_abroad";
                            room: string;
                            what: ("overview" | "title" | "answers" | "texts" | "files" | "personal" | "tracing" | "drafts")[];
                            reason: string;
                            legalBasis: string;
                        } | {
                            /** @constant */
                            type: "withdraw_release";
                            room: string;
                            reason: string;
                        } | {
                            /** @constant */
                            type: "snooze";
                            minutes: number;
                        } | {
                            /** @constant */
                            type: "set_drill_speed";
                            speed: number;
                        } | {
                            /** @constant */
                            type: "call_officer";
                            /** @enum {string} */
                            says?: "line" | "later" | "skip" | "end";
                            words?: string;
                        } | {
                            /** @constant */
                            type: "tick";
                            timer: string;
                            /** Format: date-time */
                            dueAt: string;
                        } | {
                            /** @constant */
                            type: "record_delivery";
                            notice: string;
                            /** @enum {string} */
                            outcome: "sent" | "repeated" | "undeliverable" | "delayed" | "superseded" | "settled";
                            /** @constant */
                            mayHaveArrived?: true;
                            room: string;
                            lateSeconds: number;
                            failed?: string[];
                            /** @constant */
                            refused?: true;
                        } | {
                            /** @constant */
                            type: "record_stamp";
                            version: number;
                            hash: string;
                            /** Format: date-time */
                            at: string;
                            authority: string;
                            response: string;
                        } | {
                            /** @constant */
                            type: "note_restored";
                            /** Format: date-time */
                            upTo: string;
                            missing?: number;
                            /** Format: date-time */
                            due?: string;
                        };
                        revision: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangedIncident"] | components["schemas"]["ChangedUnseen"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/proposals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Propose an answer: nothing is answered before a person agrees to it; answers the new state */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        fact: string;
                        value: number | boolean | string | string[] | {
                            /** Format: date-time */
                            since: string;
                            /** Format: date-time */
                            until?: string;
                        } | {
                            spans: ({
                                /** Format: date-time */
                                since: string;
                                /** Format: date-time */
                                until?: string;
                            } | number)[];
                        } | {
                            oneOf: string[];
                        } | {
                            min?: number;
                            max?: number;
                        };
                        revision: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangedIncident"] | components["schemas"]["ChangedUnseen"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What happened, one line each */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            timeline: {
                                version: number;
                                type: string;
                                at: components["schemas"]["Instant"];
                                who: string;
                                text: string;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/cards": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The cards that are kept current: status, verdict, proposals, question, checklist, draft */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cards: {
                                surface: string;
                                card: components["schemas"]["Card"];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/labels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names of items, fields, facts and recipients */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            [key: string]: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/interpret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is understood of a time or a number */
        get: {
            parameters: {
                query: {
                    kind: "time" | "number";
                    text: string;
                    now?: string;
                    unit?: "minutes" | "percent" | "people" | "cny" | "count";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            understood: boolean;
                            value: unknown;
                            text: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/classify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The verdict on a case, or on several, without an incident: what `npx jishi classify` prints */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    } | {
                        [key: string]: unknown;
                    }[];
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": ({
                            level: string;
                        } & {
                            [key: string]: unknown;
                        }) | ({
                            level: string;
                        } & {
                            [key: string]: unknown;
                        })[];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/law": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Provisions the rules rest on, with their quotations; `words` narrows them */
        get: {
            parameters: {
                query?: {
                    words?: string;
                    limit?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            provisions: {
                                law: string;
                                instrument: string;
                                article: string;
                                quote: string;
                            }[];
                            more: number;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report as a document */
        get: {
            parameters: {
                query?: {
                    format?: "md" | "docx" | "pdf" | "json";
                    language?: "zh" | "en";
                    version?: "submission" | "internal";
                    draft?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/report/compared": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The report to read, with its changes since the draft of the same kind before it; `now`: as the record is, with the changes since `draft` */
        get: {
            parameters: {
                query?: {
                    language?: "zh" | "en";
                    version?: "submission" | "internal";
                    draft?: number;
                    now?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            document: {
                                /** @constant */
                                schema: 1;
                                incident: string;
                                draft: number;
                                kind: string;
                                /** @enum {string} */
                                version: "submission" | "internal";
                                /** @enum {string} */
                                language: "zh" | "en";
                                drill: boolean;
                                /** Format: date-time */
                                compiledAt: string;
                                title: string;
                                marks: string[];
                                head: {
                                    id: string;
                                    label: string;
                                    runs: ({
                                        /** @constant */
                                        kind: "phrase";
                                        text: string;
                                    } | {
                                        /** @constant */
                                        kind: "fact";
                                        text: string;
                                        of: string;
                                    } | {
                                        /** @constant */
                                        kind: "estimate";
                                        text: string;
                                        of: string;
                                        stable?: string;
                                    } | {
                                        /** @constant */
                                        kind: "words";
                                        text: string;
                                        of: string;
                                        /** @enum {string} */
                                        language: "zh" | "en";
                                    } | {
                                        /** @constant */
                                        kind: "to_supplement";
                                        text: string;
                                        of: string;
                                    })[];
                                }[];
                                introduction: ({
                                    /** @constant */
                                    kind: "paragraph";
                                    id: string;
                                    number: string | null;
                                    label: string | null;
                                    runs: ({
                                        /** @constant */
                                        kind: "phrase";
                                        text: string;
                                    } | {
                                        /** @constant */
                                        kind: "fact";
                                        text: string;
                                        of: string;
                                    } | {
                                        /** @constant */
                                        kind: "estimate";
                                        text: string;
                                        of: string;
                                        stable?: string;
                                    } | {
                                        /** @constant */
                                        kind: "words";
                                        text: string;
                                        of: string;
                                        /** @enum {string} */
                                        language: "zh" | "en";
                                    } | {
                                        /** @constant */
                                        kind: "to_supplement";
                                        text: string;
                                        of: string;
                                    })[];
                                } | {
                                    /** @constant */
                                    kind: "table";
                                    id: string;
                                    columns: {
                                        title: string;
                                        width: number;
                                    }[];
                                    rows: string[][];
                                })[];
                                sections: {
                                    id: string;
                                    number: string | null;
                                    heading: string;
                                    blocks: ({
                                        /** @constant */
                                        kind: "paragraph";
                                        id: string;
                                        number: string | null;
                                        label: string | null;
                                        runs: ({
                                            /** @constant */
                                            kind: "phrase";
                                            text: string;
                                        } | {
                                            /** @constant */
                                            kind: "fact";
                                            text: string;
                                            of: string;
                                        } | {
                                            /** @constant */
                                            kind: "estimate";
                                            text: string;
                                            of: string;
                                            stable?: string;
                                        } | {
                                            /** @constant */
                                            kind: "words";
                                            text: string;
                                            of: string;
                                            /** @enum {string} */
                                            language: "zh" | "en";
                                        } | {
                                            /** @constant */
                                            kind: "to_supplement";
                                            text: string;
                                            of: string;
                                        })[];
                                    } | {
                                        /** @constant */
                                        kind: "table";
                                        id: string;
                                        columns: {
                                            title: string;
                                            width: number;
                                        }[];
                                        rows: string[][];
                                    })[];
                                }[];
                                notes: {
                                    /** @constant */
                                    kind: "paragraph";
                                    id: string;
                                    number: string | null;
                                    label: string | null;
                                    runs: ({
                                        /** @constant */
                                        kind: "phrase";
                                        text: string;
                                    } | {
                                        /** @constant */
                                        kind: "fact";
                                        text: string;
                                        of: string;
                                    } | {
                                        /** @constant */
                                        kind: "estimate";
                                        text: string;
                                        of: string;
                                        stable?: string;
                                    } | {
                                        /** @constant */
                                        kind: "words";
                                        text: string;
                                        of: string;
                                        /** @enum {string} */
                                        language: "zh" | "en";
                                    } | {
                                        /** @constant */
                                        kind: "to_supplement";
                                        text: string;
                                        of: string;
                                    })[];
                                }[];
                                signature: {
                                    id: string;
                                    label: string;
                                    runs: ({
                                        /** @constant */
                                        kind: "phrase";
                                        text: string;
                                    } | {
                                        /** @constant */
                                        kind: "fact";
                                        text: string;
                                        of: string;
                                    } | {
                                        /** @constant */
                                        kind: "estimate";
                                        text: string;
                                        of: string;
                                        stable?: string;
                                    } | {
                                        /** @constant */
                                        kind: "words";
                                        text: string;
                                        of: string;
                                        /** @enum {string} */
                                        language: "zh" | "en";
                                    } | {
                                        /** @constant */
                                        kind: "to_supplement";
                                        text: string;
                                        of: string;
                                    })[];
                                }[];
                                appendix: {
                                    id: string;
                                    number: string | null;
                                    heading: string;
                                    blocks: ({
                                        /** @constant */
                                        kind: "paragraph";
                                        id: string;
                                        number: string | null;
                                        label: string | null;
                                        runs: ({
                                            /** @constant */
                                            kind: "phrase";
                                            text: string;
                                        } | {
                                            /** @constant */
                                            kind: "fact";
                                            text: string;
                                            of: string;
                                        } | {
                                            /** @constant */
                                            kind: "estimate";
                                            text: string;
                                            of: string;
                                            stable?: string;
                                        } | {
                                            /** @constant */
                                            kind: "words";
                                            text: string;
                                            of: string;
                                            /** @enum {string} */
                                            language: "zh" | "en";
                                        } | {
                                            /** @constant */
                                            kind: "to_supplement";
                                            text: string;
                                            of: string;
                                        })[];
                                    } | {
                                        /** @constant */
                                        kind: "table";
                                        id: string;
                                        columns: {
                                            title: string;
                                            width: number;
                                        }[];
                                        rows: string[][];
                                    })[];
                                }[];
                            };
                            since: {
                                draft: number;
                                changes: {
                                    id: string;
                                    start: string;
                                    removed: string;
                                    added: string;
                                    end: string;
                                }[];
                            } | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/record": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The record, one event a line; what is for counsel only when asked for by who may read it */
        get: {
            parameters: {
                query?: {
                    counsel?: "true" | "false";
                    since?: number;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/x-ndjson": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check of the incident's chain of events and of its files */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            events: number;
                            head: string;
                            broken: {
                                version: number;
                                flaw: string;
                            } | null;
                            files: {
                                file: string;
                                /** @enum {string} */
                                state: "ok" | "missing" | "changed";
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/mail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The e-mail to a recipient with the report attached, as a draft for a mail program */
        get: {
            parameters: {
                query?: {
                    recipient?: string;
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "message/rfc822": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/fax": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The fax sheet to a recipient */
        get: {
            parameters: {
                query?: {
                    recipient?: string;
                    format?: "docx" | "pdf";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/papers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Papers for other duties (police, authorities, individuals): to whom, for which duties, what is missing */
        get: {
            parameters: {
                query?: {
                    language?: "zh" | "en";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            papers: {
                                id: string;
                                title: string;
                                to: string;
                                duties: string[];
                                /** @enum {string} */
                                language: "zh" | "en";
                                missing: string[];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/paper": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One of these papers; eml is an e-mail that mail programs open as a draft, json the data file that an authority takes (refused while a field is missing or wrong), json_begun that file as far as it is known */
        get: {
            parameters: {
                query: {
                    language?: "zh" | "en";
                    paper: string;
                    format?: "docx" | "pdf" | "md" | "eml" | "json" | "json_begun";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/article11": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Art. 11 is about, each point with its evidence; internal */
        get: {
            parameters: {
                query?: {
                    language?: "zh" | "en";
                    format?: "md" | "docx" | "pdf";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/bundle": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The evidence bundle: everything about an incident in a zip that can be verified without this program */
        get: {
            parameters: {
                query?: {
                    counsel?: "true" | "false";
                };
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/zip": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inspection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The pack for an inspection of an entity and a period of days: every item with the entries that prove it; zip can be verified without this program */
        get: {
            parameters: {
                query: {
                    language?: "zh" | "en";
                    entity?: string;
                    from: string;
                    to: string;
                    format?: "docx" | "pdf" | "md" | "zip";
                    counsel?: "true" | "false";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/inspection/units": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the caller may make the pack for an inspection, and the legal entities of the profile */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            allowed: boolean;
                            units: {
                                id: string;
                                name: string;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/files": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Files, drafts and filings */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            files: ({
                                file: string;
                                name: string;
                                size: number;
                                mediaType: string;
                                by: string;
                                at: components["schemas"]["Instant"];
                            } & {
                                [key: string]: unknown;
                            })[];
                            drafts: ({
                                draft: number;
                                by: string;
                                at: components["schemas"]["Instant"];
                            } & {
                                [key: string]: unknown;
                            })[];
                            filings: ({
                                obligation: string;
                                recipient: string;
                                by: string;
                                at: components["schemas"]["Instant"];
                            } & {
                                [key: string]: unknown;
                            })[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Attach a file (the body is its content) */
        post: {
            parameters: {
                query: {
                    name: string;
                    item?: string;
                };
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangedIncident"] | components["schemas"]["ChangedUnseen"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/files/{sha256}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The content of a file */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    sha256: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/octet-stream": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/incidents/{id}/what-if": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Facts, readings of open questions and laws that can be supposed of an incident */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            awareness: components["schemas"]["Instant"] | null;
                            facts: {
                                id: string;
                                label: string;
                                kind: string;
                                unit: string | null;
                                options: {
                                    id: string;
                                    label: string;
                                }[];
                                text: string | null;
                            }[];
                            readings: {
                                id: string;
                                text: string;
                                reading: string | null;
                                readings: {
                                    id: string;
                                    label: string;
                                }[];
                            }[];
                            laws: {
                                id: string;
                                label: string;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Verdict, limits and margins under other facts, readings or law, beside what they are; nothing is recorded */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        awareness?: string;
                        facts?: {
                            [key: string]: unknown;
                        };
                        readings?: {
                            [key: string]: string;
                        };
                        law?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            incident: string;
                            now: components["schemas"]["Instant"];
                            supposed: {
                                awareness: components["schemas"]["Instant"] | null;
                                law: string | null;
                            } & {
                                [key: string]: unknown;
                            };
                            verdict: {
                                was: components["schemas"]["SupposedVerdict"];
                                would: components["schemas"]["SupposedVerdict"];
                            };
                            duties: {
                                id: string;
                                title: string;
                                to: string;
                                was: components["schemas"]["SupposedDuty"] | null;
                                would: components["schemas"]["SupposedDuty"] | null;
                                changed: boolean;
                            }[];
                            steps: {
                                step: string;
                                label: string;
                                at: components["schemas"]["Instant"] | null;
                                minutes: number | null;
                                median: number | null;
                            }[];
                            tables: {
                                title: string;
                                columns: string[];
                                rows: {
                                    cells: string[];
                                    under?: string;
                                    changed: boolean;
                                }[];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/alerts/{source}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Alerts of a monitoring system, in its own form; a person decides on them. Signed by the source or with a token */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    source: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            alerts: {
                                ref: string;
                                /** @enum {string} */
                                state: "new" | "added" | "repeated" | "ended";
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        /** Handshake of CloudEvents webhooks */
        options: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    source: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/plain": string;
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/waiting": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Steps of open incidents that wait for the caller */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            waiting: components["schemas"]["Waiting"][];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** An input form as it is now */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        form: string;
                        args: {
                            [key: string]: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Form"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** The report a form would compile, in both languages, or the filing it would record; nothing changes */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ref: {
                            form: string;
                            args: {
                                [key: string]: string;
                            };
                        };
                        revision: number;
                        values: {
                            [key: string]: string | string[];
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            document: unknown;
                            twin: unknown;
                        } | {
                            card: components["schemas"]["Card"];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/forms/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Hand in a form */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ref: {
                            form: string;
                            args: {
                                [key: string]: string;
                            };
                        };
                        revision: number;
                        values: {
                            [key: string]: string | string[];
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["ChangedIncident"] | components["schemas"]["ChangedUnseen"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A card for the asker only */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        view: string;
                        args: {
                            [key: string]: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Card"];
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Alerts and suppliers' notices with the decisions on them, newest first; for people */
        get: {
            parameters: {
                query?: {
                    limit?: number;
                    before?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            reports: {
                                ref: string;
                                /** @enum {string} */
                                kind: "alert" | "supplier";
                                source: string;
                                title: string | null;
                                text: string;
                                link: string | null;
                                severity: string | null;
                                startedAt: string | null;
                                /** Format: date-time */
                                receivedAt: string;
                                more: number;
                                files: ({
                                    name: string;
                                } & {
                                    [key: string]: unknown;
                                })[];
                                decided: {
                                    /** @enum {string} */
                                    choice: "opened" | "joined" | "dismissed";
                                    incident: string | null;
                                    by: string;
                                    /** Format: date-time */
                                    at: string;
                                    reason: string | null;
                                } | null;
                            }[];
                            next: string | null;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reports/{ref}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Decide on one: open an incident, add it to one, or set it aside; for people */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    ref: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        choice: string;
                        reason?: string;
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ref: string;
                            incident: string | null;
                            said: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who is signed in to the console; for administrators */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            sessions: {
                                id: string;
                                name: string;
                                who: string;
                                person: string | null;
                                way: string;
                                since: components["schemas"]["Instant"];
                                until: components["schemas"]["Instant"];
                                own: boolean;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** End a session; for administrators */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ended: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/tokens": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Tokens of programs, without their secrets; for administrators */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            tokens: {
                                id: string;
                                name: string;
                                scopes: ("read" | "declare" | "answer" | "export" | "metrics" | "alert")[];
                                until: components["schemas"]["Instant"];
                                by: string;
                                since: components["schemas"]["Instant"];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Make a token with a name, scopes and an expiry; it is shown this once. For administrators */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        name: string;
                        scopes: ("read" | "declare" | "answer" | "export" | "metrics" | "alert")[];
                        /** @default 90 */
                        days?: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            name: string;
                            scopes: ("read" | "declare" | "answer" | "export" | "metrics" | "alert")[];
                            until: components["schemas"]["Instant"];
                            token: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/tokens/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a token; for administrators */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ended: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/links": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Links that work without signing in: suppliers' forms and calendar feeds; for administrators */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            links: {
                                id: string;
                                /** @enum {string} */
                                kind: "supplier" | "calendar";
                                who: string;
                                until: components["schemas"]["Instant"];
                                by: string;
                                since: components["schemas"]["Instant"];
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        /** Make a supplier's link or a person's calendar link; it is shown this once. For administrators */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @enum {string} */
                        kind: "supplier" | "calendar";
                        who: string;
                        /** @default 366 */
                        days?: number;
                    };
                };
            };
            responses: {
                /** @description Done */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            id: string;
                            /** @enum {string} */
                            kind: "supplier" | "calendar";
                            who: string;
                            until: components["schemas"]["Instant"];
                            url: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/links/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Revoke a link; for administrators */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            ended: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take over earlier incidents of an entity from a list in CSV, marked as recorded afterwards, all rows or none; for administrators */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        csv: string;
                        entity?: string;
                        by?: string;
                        check: boolean;
                        /** @enum {string} */
                        language: "en" | "zh-CN";
                    };
                };
            };
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            problems: string[];
                            incidents: {
                                line: number;
                                reference: string;
                                title: string;
                                id: string | null;
                            }[];
                            known: string[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Messages to webhook endpoints and what came of them, newest first; for administrators */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            deliveries: {
                                id: string;
                                endpoint: string;
                                type: string;
                                incident: string;
                                revision: number;
                                drill: boolean;
                                at: components["schemas"]["Instant"];
                                attempts: number;
                                lastAttempt: components["schemas"]["Instant"];
                                /** @enum {string} */
                                state: "delivered" | "retrying" | "given_up";
                                status: number | null;
                            }[];
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/access/webhooks/{id}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Send a message to its endpoints again, under the same id; for administrators */
        post: {
            parameters: {
                query?: never;
                header?: {
                    "Idempotency-Key"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Done */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            replayed: string;
                        };
                    };
                };
                default: components["responses"]["Problem"];
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: date-time */
        Instant: string;
        ChangedIncident: {
            id: string;
            drill: boolean;
            revision: number;
            lead: string;
            title: string;
            /** @enum {string} */
            phase: "classifying" | "reporting" | "handling" | "ended" | "closed";
            level: string;
            floor: string;
            ceiling: string;
            clocks: components["schemas"]["Clock"][];
            facts: {
                [key: string]: {
                    value: components["schemas"]["FactValue"];
                    by: string;
                    at: components["schemas"]["Instant"];
                };
            };
            items: components["schemas"]["Item"][];
            question: components["schemas"]["Question"] | null;
            levelDecided?: boolean;
            ceilingByNumbers?: string;
            now?: components["schemas"]["Instant"];
            rate?: number;
            declaredAt?: components["schemas"]["Instant"];
            recordedAfterwards?: {
                entity: string | null;
                reference: string;
                awareAt: components["schemas"]["Instant"];
                closedAt: components["schemas"]["Instant"];
                occurredAt?: components["schemas"]["Instant"];
                level?: string;
                filedAt?: components["schemas"]["Instant"];
                handlingEndedAt?: components["schemas"]["Instant"];
                lead?: string;
                system?: string;
                filedTo?: string;
                receipt?: string;
                summary?: string;
                list: {
                    file: string;
                    line: number;
                };
                by: string | null;
                recordedAt: components["schemas"]["Instant"];
            } | null;
            stopped?: boolean;
            regimes?: {
                id: string;
                title: {
                    zh: string;
                    en: string;
                };
                rank: string;
                level?: string;
                floor?: string;
                ceiling?: string;
                version?: string;
                checked?: string;
                clocks: string[];
            }[];
            obligations?: components["schemas"]["Obligation"][];
            undetermined?: string[];
            warnings?: ({
                question: string;
                reading: string;
            } & {
                [key: string]: unknown;
            })[];
            awareness?: {
                confirmed: boolean;
                at: components["schemas"]["Instant"] | null;
                earliest: components["schemas"]["Instant"] | null;
                candidates: {
                    id: string;
                    at: components["schemas"]["Instant"];
                    source: string;
                    reachedUs: boolean;
                }[];
            };
            proposals?: {
                id: string;
                ground: string | null;
                effects: {
                    kind: string;
                    duty: string | null;
                    certain: boolean;
                    ends?: string;
                    floor?: string;
                    /** @constant */
                    stays?: true;
                }[];
                recorded: boolean;
                command: components["schemas"]["Intent"];
                by: string;
                at: components["schemas"]["Instant"];
            }[];
            open?: string[];
            relations?: {
                incident: string;
                how: string;
                at: components["schemas"]["Instant"];
            }[];
            drafts?: {
                draft: number;
                report: string;
                at: components["schemas"]["Instant"];
                hash: string | null;
                approval: string;
            }[];
            filings?: {
                version: number;
                obligation: string;
                recipient: string;
                to?: string | null;
                channel: string;
                filedAt: components["schemas"]["Instant"];
                draft?: number | null;
                hash?: string | null;
                receipt?: string | null;
                approved?: boolean | null;
                lateSeconds: number;
                unconfirmed: boolean;
                by: string;
                practised: boolean;
            }[];
            tasks?: {
                id: string;
                kind: string;
                text: string | null;
                item?: string | null;
                owner: string | null;
                due?: components["schemas"]["Instant"] | null;
                finished: boolean;
            }[];
            people?: {
                id: string;
                name: string;
                roles: ("responder" | "lead" | "approver" | "filer" | "legal" | "administrator")[];
            }[];
            next?: {
                text: string;
                intent?: components["schemas"]["Intent"];
                form?: {
                    form: string;
                    args: {
                        [key: string]: string;
                    };
                };
                view?: {
                    view: string;
                    args: {
                        [key: string]: string;
                    };
                };
                actions: components["schemas"]["Action"][];
                meanwhile: string | null;
                about?: string | null;
                why?: string;
            } | null;
            said?: components["schemas"]["Card"];
        };
        Clock: {
            id: string;
            recipient: string;
            due: components["schemas"]["Instant"];
            dueMinutes: number | null;
            anchor: string;
            provisional?: boolean;
            /** @enum {string} */
            status: "running" | "met" | "late" | "void";
            filedAt: components["schemas"]["Instant"] | null;
            unconfirmed: boolean;
            regime?: string;
            /** @enum {string} */
            rank?: "law" | "guideline" | "contract";
            what: string;
            condition: string | null;
        };
        FactValue: number | boolean | string | string[] | {
            since: components["schemas"]["Instant"];
            until?: components["schemas"]["Instant"];
        } | {
            spans: ({
                since: components["schemas"]["Instant"];
                until?: components["schemas"]["Instant"];
            } | number)[];
        } | {
            oneOf: string[];
        } | {
            min?: number;
            max?: number;
        };
        Item: {
            n: number;
            id: string;
            owner: string | null;
            fields: components["schemas"]["Field"][];
        };
        Field: {
            id: string;
            state: string;
            value?: {
                /** @enum {string} */
                state: "known" | "estimate" | "unknown";
                text: string | null;
                asOf: string | null;
                by: string;
                at: components["schemas"]["Instant"];
            } | null;
            wording?: {
                text: string;
                by: string;
                at: components["schemas"]["Instant"];
            } | null;
        };
        Question: {
            id: string;
            /** @enum {string} */
            kind: "one" | "many" | "number" | "time" | "text";
            text: string;
            options: {
                label: string;
                intent: components["schemas"]["Intent"];
            }[];
        };
        Intent: {
            /** @constant */
            type: "declare";
            title: string;
            awareness?: components["schemas"]["Instant"];
            drill?: boolean;
            speed?: number;
            scenario?: string;
            system?: string;
        } | {
            /** @constant */
            type: "withdraw_declaration";
            reason?: string;
        } | {
            /** @constant */
            type: "rename";
            title: string;
        } | {
            /** @constant */
            type: "relate";
            incident: string;
            /** @enum {string} */
            how: "related" | "duplicate_of" | "has_duplicate" | "none";
            reason?: string;
        } | {
            /** @constant */
            type: "answer";
            fact: string;
            value: components["schemas"]["FactValue"];
            basis?: string;
        } | {
            /** @constant */
            type: "add_awareness";
            at: components["schemas"]["Instant"];
            /** @enum {string} */
            source: "declaration" | "alert" | "mail" | "call" | "chat" | "supplier" | "customer" | "authority" | "press" | "other";
            description?: string;
            reachedUs: boolean;
            link?: string;
            proofs?: string[];
        } | {
            /** @constant */
            type: "confirm_awareness";
            candidate: string;
            reason: string;
        } | {
            /** @constant */
            type: "withdraw_awareness";
            candidate: string;
        } | {
            /** @constant */
            type: "settle_question";
            regime?: string;
            question: string;
            reading: string;
            reason: string;
        } | {
            /** @constant */
            type: "decide_level";
            regime?: string;
            level: string;
            reason?: string;
            authority?: string;
            proof?: {
                file?: string;
                message?: string;
                office?: string;
            };
        } | {
            /** @constant */
            type: "not_reportable";
            regime?: string;
            reason: string;
            reviewAt: components["schemas"]["Instant"];
            considered?: string[];
        } | {
            /** @constant */
            type: "withdraw_decision";
            about: string;
            reason?: string;
        } | {
            /** @constant */
            type: "take_law";
            law: string;
            version?: string;
            reason: string;
        } | {
            /** @constant */
            type: "stop_state_secret";
            reason?: string;
        } | {
            /** @constant */
            type: "lift_stop";
            reason: string;
        } | {
            /** @constant */
            type: "second";
            proposal: string;
            agree: boolean;
            reason?: string;
        } | {
            /** @constant */
            type: "second_level";
            agree: boolean;
            reason?: string;
        } | {
            /** @constant */
            type: "take_lead";
        } | {
            /** @constant */
            type: "take_charge";
        } | {
            /** @constant */
            type: "hand_over";
            person: string;
        } | {
            /** @constant */
            type: "take_over";
        } | {
            /** @constant */
            type: "ask_to_join";
        } | {
            /** @constant */
            type: "ask_for";
            right: string;
        } | {
            /** @constant */
            type: "add_person";
            person: string;
        } | {
            /** @constant */
            type: "remove_person";
            person: string;
            reason?: string;
        } | {
            /** @constant */
            type: "set_language";
            /** @enum {string} */
            language: "en" | "zh-CN";
        } | {
            /** @constant */
            type: "name_person";
            actor: string;
            name: string;
            /** @enum {string} */
            language: "en" | "zh-CN";
        } | {
            /** @constant */
            type: "assign_item";
            item: string;
            person: string | null;
        } | {
            /** @constant */
            type: "take_item";
            item: string;
        } | {
            /** @constant */
            type: "fill_field";
            field: string;
            value: {
                /** @constant */
                state: "known";
                text: string;
            } | {
                /** @constant */
                state: "estimate";
                text: string;
                asOf: components["schemas"]["Instant"];
            } | {
                /** @constant */
                state: "unknown";
            };
            wording?: string;
        } | {
            /** @constant */
            type: "confirm_wording";
            field: string;
            wording: string;
        } | {
            /** @constant */
            type: "choose_version";
            field: string;
            version: number;
        } | {
            /** @constant */
            type: "add_note";
            text: string;
            happenedAt?: components["schemas"]["Instant"];
            link?: string;
            author?: string;
        } | {
            /** @constant */
            type: "add_evidence";
            evidence: {
                file: string;
                name: string;
                size: number;
                mediaType: string;
            };
            item?: string;
        } | {
            /** @constant */
            type: "compile_draft";
            regime?: string;
            report: string;
            /** @default [] */
            cannotDetermine: ("cause" | "impact" | "trend")[];
            statement?: string;
        } | {
            /** @constant */
            type: "request_approval";
            draft: number;
        } | {
            /** @constant */
            type: "approve";
            draft: number;
            hash: string;
        } | {
            /** @constant */
            type: "send_back";
            draft: number;
            comments: {
                text: string;
                item?: string;
            }[];
        } | {
            /** @constant */
            type: "assess_point";
            point: string;
            /** @enum {string} */
            finding: "settled" | "open" | "not_applicable";
            note?: string;
        } | {
            /** @constant */
            type: "record_filing";
            obligation: string;
            channel: string;
            at: components["schemas"]["Instant"];
            receipt?: string;
            noReceipt?: string;
            draft?: number;
            to?: string;
            forwardedBy?: string;
            takenBy?: string;
            proof?: string;
            sealFollows?: boolean;
            withoutApproval?: string;
            otherChannel?: string;
            contradictionsKept?: string;
            lateReason?: string;
        } | {
            /** @constant */
            type: "correct_filing";
            filing: number;
            receipt?: string;
            proof?: string;
            at?: components["schemas"]["Instant"];
            channel?: string;
            draft?: number;
            reason?: string;
            contradictionsKept?: string;
            mistaken?: string;
            sentTo?: string;
        } | {
            /** @constant */
            type: "practise_filing";
            obligation: string;
            channel: string;
            draft?: number;
            contradictionsKept?: string;
        } | {
            /** @constant */
            type: "explain_delay";
            obligation: string;
            reason: string;
        } | {
            /** @constant */
            type: "add_request";
            from: string;
            recipient: string;
            what: string;
            receivedAt: components["schemas"]["Instant"];
            due?: components["schemas"]["Instant"];
        } | {
            /** @constant */
            type: "drop_request";
            request: string;
            reason: string;
        } | {
            /** @constant */
            type: "not_owed";
            obligation: string;
            reason: string;
        } | {
            /** @constant */
            type: "add_task";
            text: string;
            item?: string;
            person?: string;
            due?: components["schemas"]["Instant"];
        } | {
            /** @constant */
            type: "change_task";
            task: string;
            person?: string | null;
            due?: components["schemas"]["Instant"] | null;
        } | {
            /** @constant */
            type: "finish_task";
            task: string;
            note?: string;
        } | {
            /** @constant */
            type: "end_handling";
            regime?: string;
            at: components["schemas"]["Instant"];
            reason: string;
        } | {
            /** @constant */
            type: "close";
            reason: string;
        } | {
            /** @constant */
            type: "reopen";
            reason: string;
        } | {
            /** @constant */
            type: "hold";
            reason: string;
        } | {
            /** @constant */
            type: "release_hold";
            reason: string;
        } | {
            /** @constant */
            type: "erase";
            reason: string;
        } | {
            /** @constant */
            type: "expire";
        } | {
            /** @constant */
            type: "add_room";
            room: {
                platform: string;
                tenant: string;
                address: string;
                /** @enum {string} */
                location: "home" | "abroad";
                /** @enum {string} */
                language: "en" | "zh-CN";
                name?: string;
                open: boolean;
                zone?: string;
                insteadOf?: string;
                /** @constant */
                unconfirmed?: true;
                /** @constant */
                made?: true;
                /** @constant */
                assumed?: true;
            };
        } | {
            /** @constant */
            type: "remove_room";
            room: string;
        } | {
            /** @constant */
            type: "confirm_room";
            room: string;
        } | {
            /** @constant */
            type: "leave_chat";
            reason?: string;
            /** @constant */
            quiet?: true;
        } | {
            /** @constant */
            type: "return_to_chat";
            reason: string;
        } | {
            /** @constant */
            type: "release_abroad";
            room: string;
            what: ("overview" | "title" | "answers" | "texts" | "files" | "personal" | "tracing" | "drafts")[];
            reason: string;
            legalBasis: string;
        } | {
            /** @constant */
            type: "withdraw_release";
            room: string;
            reason: string;
        } | {
            /** @constant */
            type: "snooze";
            minutes: number;
        } | {
            /** @constant */
            type: "set_drill_speed";
            speed: number;
        } | {
            /** @constant */
            type: "call_officer";
            /** @enum {string} */
            says?: "line" | "later" | "skip" | "end";
            words?: string;
        } | {
            /** @constant */
            type: "tick";
            timer: string;
            dueAt: components["schemas"]["Instant"];
        } | {
            /** @constant */
            type: "record_delivery";
            notice: string;
            /** @enum {string} */
            outcome: "sent" | "repeated" | "undeliverable" | "delayed" | "superseded" | "settled";
            /** @constant */
            mayHaveArrived?: true;
            room: string;
            lateSeconds: number;
            failed?: string[];
            /** @constant */
            refused?: true;
        } | {
            /** @constant */
            type: "record_stamp";
            version: number;
            hash: string;
            at: components["schemas"]["Instant"];
            authority: string;
            response: string;
        } | {
            /** @constant */
            type: "note_restored";
            upTo: components["schemas"]["Instant"];
            missing?: number;
            due?: components["schemas"]["Instant"];
        };
        Obligation: {
            id: string;
            recipient: string;
            due: components["schemas"]["Instant"] | null;
            content: string;
            provisional?: boolean;
            status: string;
            article: string;
            quote: string;
            regime?: string;
            /** @enum {string} */
            rank?: "law" | "guideline" | "contract";
            verification?: string;
            what: string;
            to: string;
            by: string;
            owner: string;
            state: string;
            /** @enum {string} */
            mark: "done" | "partly" | "open";
            /** @enum {string} */
            group: "timed" | "promptly" | "settled";
            rule: string | null;
            marks: string[];
            actions: components["schemas"]["Action"][];
        };
        Action: {
            id: string;
            label: string;
            does: {
                /** @constant */
                kind: "intent";
                intent: components["schemas"]["Intent"];
            } | {
                /** @constant */
                kind: "form";
                form: {
                    form: string;
                    args: {
                        [key: string]: string;
                    };
                };
            } | {
                /** @constant */
                kind: "view";
                view: {
                    view: string;
                    args: {
                        [key: string]: string;
                    };
                };
            } | {
                /** @constant */
                kind: "link";
                url: string;
            } | {
                /** @constant */
                kind: "line";
                text: string;
            };
        } & {
            [key: string]: unknown;
        };
        Card: {
            /** @enum {string} */
            tone: "calm" | "running" | "urgent" | "done";
            drill: boolean;
            title: string;
            summary: string;
            blocks: ({
                kind: string;
            } & {
                [key: string]: unknown;
            })[];
        } & {
            [key: string]: unknown;
        };
        ChangedUnseen: {
            id: string;
            said?: components["schemas"]["Card"];
        };
        IncidentRow: {
            id: string;
            title: string;
            drill: boolean;
            /** @enum {string} */
            phase: "classifying" | "reporting" | "handling" | "ended" | "closed";
            level: string;
            lead: string;
            /** @constant */
            imported?: true;
            declaredAt: components["schemas"]["Instant"];
            nextDue: components["schemas"]["Instant"] | null;
            version: number;
            participants: string[];
            rooms: string[];
        };
        RegisterRow: {
            id: string;
            drill: boolean;
            recordedAfterwards: {
                reference: string | null;
                recordedAt: string | null;
                by: string | null;
                filedAt: string | null;
                filedTo: string | null;
                receipt: string | null;
            } | null;
            title: string | null;
            phase: ("classifying" | "reporting" | "handling" | "ended" | "closed") | null;
            level: string | null;
            levelName: string | null;
            levelDecided: boolean | null;
            lead: string | null;
            entity: string | null;
            system: string | null;
            declaredAt: string | null;
            awareAt: string | null;
            awarenessConfirmed: boolean | null;
            verdictAt: string | null;
            draftedAt: string | null;
            nextDue: string | null;
            overdue: number | null;
            handlingEndedAt: string | null;
            closedAt: string | null;
            duties: {
                id: string;
                content: string;
                form: ("first" | "final") | null;
                what: string;
                to: string;
                due: string | null;
                latest: boolean;
                provisional: boolean;
                /** @enum {string} */
                status: "running" | "met" | "late" | "void";
                filedAt: string | null;
                unconfirmed: boolean;
                receipt: string | null;
            }[];
        };
        RegisterFigures: {
            incidents: number;
            recordedAfterwards: number;
            levels: {
                [key: string]: number;
            };
            due: number;
            inTime: number;
            verdict: number | null;
            draft: number | null;
            filing: number | null;
            months: {
                incidents: number;
                recordedAfterwards: number;
                levels: {
                    [key: string]: number;
                };
                due: number;
                inTime: number;
                verdict: number | null;
                draft: number | null;
                filing: number | null;
                month: string;
            }[];
        };
        Incident: {
            id: string;
            drill: boolean;
            revision: number;
            lead: string;
            title: string;
            /** @enum {string} */
            phase: "classifying" | "reporting" | "handling" | "ended" | "closed";
            level: string;
            floor: string;
            ceiling: string;
            clocks: components["schemas"]["Clock"][];
            facts: {
                [key: string]: {
                    value: components["schemas"]["FactValue"];
                    by: string;
                    at: components["schemas"]["Instant"];
                };
            };
            items: components["schemas"]["Item"][];
            question: components["schemas"]["Question"] | null;
            levelDecided?: boolean;
            ceilingByNumbers?: string;
            now?: components["schemas"]["Instant"];
            rate?: number;
            declaredAt?: components["schemas"]["Instant"];
            recordedAfterwards?: {
                entity: string | null;
                reference: string;
                awareAt: components["schemas"]["Instant"];
                closedAt: components["schemas"]["Instant"];
                occurredAt?: components["schemas"]["Instant"];
                level?: string;
                filedAt?: components["schemas"]["Instant"];
                handlingEndedAt?: components["schemas"]["Instant"];
                lead?: string;
                system?: string;
                filedTo?: string;
                receipt?: string;
                summary?: string;
                list: {
                    file: string;
                    line: number;
                };
                by: string | null;
                recordedAt: components["schemas"]["Instant"];
            } | null;
            stopped?: boolean;
            regimes?: {
                id: string;
                title: {
                    zh: string;
                    en: string;
                };
                rank: string;
                level?: string;
                floor?: string;
                ceiling?: string;
                version?: string;
                checked?: string;
                clocks: string[];
            }[];
            obligations?: components["schemas"]["Obligation"][];
            undetermined?: string[];
            warnings?: ({
                question: string;
                reading: string;
            } & {
                [key: string]: unknown;
            })[];
            awareness?: {
                confirmed: boolean;
                at: components["schemas"]["Instant"] | null;
                earliest: components["schemas"]["Instant"] | null;
                candidates: {
                    id: string;
                    at: components["schemas"]["Instant"];
                    source: string;
                    reachedUs: boolean;
                }[];
            };
            proposals?: {
                id: string;
                ground: string | null;
                effects: {
                    kind: string;
                    duty: string | null;
                    certain: boolean;
                    ends?: string;
                    floor?: string;
                    /** @constant */
                    stays?: true;
                }[];
                recorded: boolean;
                command: components["schemas"]["Intent"];
                by: string;
                at: components["schemas"]["Instant"];
            }[];
            open?: string[];
            relations?: {
                incident: string;
                how: string;
                at: components["schemas"]["Instant"];
            }[];
            drafts?: {
                draft: number;
                report: string;
                at: components["schemas"]["Instant"];
                hash: string | null;
                approval: string;
            }[];
            filings?: {
                version: number;
                obligation: string;
                recipient: string;
                to?: string | null;
                channel: string;
                filedAt: components["schemas"]["Instant"];
                draft?: number | null;
                hash?: string | null;
                receipt?: string | null;
                approved?: boolean | null;
                lateSeconds: number;
                unconfirmed: boolean;
                by: string;
                practised: boolean;
            }[];
            tasks?: {
                id: string;
                kind: string;
                text: string | null;
                item?: string | null;
                owner: string | null;
                due?: components["schemas"]["Instant"] | null;
                finished: boolean;
            }[];
            people?: {
                id: string;
                name: string;
                roles: ("responder" | "lead" | "approver" | "filer" | "legal" | "administrator")[];
            }[];
            next?: {
                text: string;
                intent?: components["schemas"]["Intent"];
                form?: {
                    form: string;
                    args: {
                        [key: string]: string;
                    };
                };
                view?: {
                    view: string;
                    args: {
                        [key: string]: string;
                    };
                };
                actions: components["schemas"]["Action"][];
                meanwhile: string | null;
                about?: string | null;
                why?: string;
            } | null;
        };
        SupposedVerdict: {
            level: string;
            levelDecided: boolean;
            floor: string;
            ceiling: string;
            undetermined: string[];
            matched: ({
                criterion: string;
                text: string;
            } & {
                [key: string]: unknown;
            })[];
            text: {
                level: string;
                floor: string;
                ceiling: string;
            };
        } & {
            [key: string]: unknown;
        };
        SupposedDuty: {
            due: components["schemas"]["Instant"] | null;
            dueMinutes: number | null;
            anchor: string;
            /** @enum {string} */
            status: "running" | "met" | "late" | "void";
            provisional: boolean;
            filedAt: components["schemas"]["Instant"] | null;
            margin: number | null;
            condition: string | null;
        };
        Waiting: {
            id: string;
            title: string;
            drill: boolean;
            revision: number;
            due: components["schemas"]["Instant"] | null;
            segment: {
                wall: components["schemas"]["Instant"];
                incidentTime: components["schemas"]["Instant"];
                rate: number;
            } | null;
            steps: {
                text: string;
                actions: components["schemas"]["Action"][];
            }[];
        };
        Form: {
            ref: {
                form: string;
                args: {
                    [key: string]: string;
                };
            };
            title: string;
            intro: string[];
            fields: ({
                id: string;
                kind: string;
                label: string;
                required: boolean;
            } & {
                [key: string]: unknown;
            })[];
            submit: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: {
        /** @description Refused */
        Problem: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": {
                    type: string;
                    title: string;
                    status: number;
                    code: string;
                    field?: string;
                    detail: string;
                };
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
