package org.mephisto.store.sql;

import org.mephisto.store.AgentStore;
import org.mephisto.store.AssignmentStore;
import org.mephisto.store.AuditStore;
import org.mephisto.store.JudgementStore;
import org.mephisto.store.OnboardingStore;
import org.mephisto.store.QualificationStore;
import org.mephisto.store.RefusalStore;
import org.mephisto.store.RequesterStore;
import org.mephisto.store.ReviewStore;
import org.mephisto.store.TaskRunStore;
import org.mephisto.store.TaskStore;
import org.mephisto.store.Transaction;
import org.mephisto.store.UnitStore;
import org.mephisto.store.WorkerStore;

/** The tables on one session; used again for every transaction of the session, whose owner decides who may use it when. */
record SqlTransaction(
        Session session,
        TaskStore tasks,
        TaskRunStore taskRuns,
        RequesterStore requesters,
        AssignmentStore assignments,
        UnitStore units,
        WorkerStore workers,
        AgentStore agents,
        QualificationStore qualifications,
        ReviewStore reviews,
        OnboardingStore onboardings,
        JudgementStore judgements,
        RefusalStore refusals,
        AuditStore audit)
        implements Transaction {
    SqlTransaction(Session session, GrantChanges.View grants) {
        this(
                session,
                new SqlTaskStore(session),
                new SqlTaskRunStore(session),
                new SqlRequesterStore(session),
                new SqlAssignmentStore(session),
                new SqlUnitStore(session),
                new SqlWorkerStore(session),
                new SqlAgentStore(session),
                new SqlQualificationStore(session, grants),
                new SqlReviewStore(session),
                new SqlOnboardingStore(session),
                new SqlJudgementStore(session),
                new SqlRefusalStore(session),
                new SqlAuditStore(session));
    }
}
