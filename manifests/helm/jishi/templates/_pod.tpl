{{- define "jishi.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end }}
{{- define "jishi.labels" -}}
app.kubernetes.io/name: jishi
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}
{{- define "jishi.closed" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end }}
{{- define "jishi.user" -}}
runAsNonRoot: true
runAsUser: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end }}
{{- define "jishi.template" -}}
metadata:
  labels:
    {{- include "jishi.labels" . | nindent 4 }}
spec:
  automountServiceAccountToken: false
  # Five seconds until nobody sends anything here; then a clean stop finishes what is being sent, within ten.
  terminationGracePeriodSeconds: 20
  securityContext:
    {{- include "jishi.user" . | nindent 4 }}
  {{- with .Values.image.pullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if eq .Values.store "postgres" }}
  topologySpreadConstraints:
    - maxSkew: 1
      topologyKey: kubernetes.io/hostname
      whenUnsatisfiable: ScheduleAnyway
      labelSelector:
        matchLabels:
          {{- include "jishi.labels" . | nindent 10 }}
  {{- end }}
  {{- with .Values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with .Values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  containers:
    - name: jishi
      image: {{ include "jishi.image" . }}
      imagePullPolicy: {{ .Values.image.pullPolicy }}
      ports:
        - { name: http, containerPort: 3000 }
      envFrom:
        - secretRef: { name: {{ .Values.secret }} }
      env:
        - { name: HOST, value: 0.0.0.0 }
        - { name: PORT, value: "3000" }
        - { name: DATA_DIR, value: /data }
        - { name: PUBLIC_URL, value: {{ .Values.publicUrl | quote }} }
        {{- if .Values.organisation }}
        - { name: ORGANISATION_FILE, value: /organisation/organisation.yaml }
        {{- end }}
        {{- if .Values.ingress.enabled }}
        # Figures are for the machine that watches, not for the world.
        - { name: METRICS_ACCESS, value: token }
        {{- end }}
        {{- range $name, $value := .Values.env }}
        - { name: {{ $name }}, value: {{ $value | quote }} }
        {{- end }}
      # Requests that were already on their way when the pod was taken out of the service still find it.
      lifecycle:
        preStop:
          exec: { command: [sleep, "5"] }
      # Alive from the first moment; ready once the store commits, which waits for whoever migrates it.
      startupProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 1
        failureThreshold: 60
      livenessProbe:
        httpGet: { path: /healthz, port: http }
        periodSeconds: 10
        timeoutSeconds: 5
      readinessProbe:
        httpGet: { path: /readyz, port: http }
        periodSeconds: 5
        timeoutSeconds: 9
      resources:
        {{- toYaml .Values.resources | nindent 8 }}
      securityContext:
        {{- include "jishi.closed" . | nindent 8 }}
      volumeMounts:
        - { name: data, mountPath: /data }
        - { name: tmp, mountPath: /tmp }
        {{- if .Values.organisation }}
        - { name: organisation, mountPath: /organisation, readOnly: true }
        {{- end }}
  volumes:
    - { name: tmp, emptyDir: {} }
    {{- if eq .Values.store "postgres" }}
    # The record, its marks and the last good profile are in PostgreSQL; what lies here may go with the pod.
    - { name: data, emptyDir: {} }
    {{- end }}
    {{- with .Values.organisation }}
    - { name: organisation, configMap: { name: {{ . }} } }
    {{- end }}
{{- end }}
