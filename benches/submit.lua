-- One accepted submission a request: a fresh key and fresh words each time, the same size of everything.
local counter = 0
local thread_id = 0
local threads = 0
function setup(thread) thread:set("thread_id", threads); threads = threads + 1 end
function init() math.randomseed(os.time() + thread_id * 7919) end
function request()
  counter = counter + 1
  local key = string.format("%08x%04x%020d", math.random(0, 0x7fffffff), thread_id, counter)
  local body = "loai=hanh_vi&ly_do=HV_CHAM_TRE&don_vi=cn-ninh-kieu&dia_diem=quay+3,+sang+12/11"
    .. "&noi_dung=" .. key .. string.rep("+toi+da+di+lai+bon+lan+va+duoc+hen+them", 10)
    .. "&ho_ten=Pham+Thi+Vi+Du&dia_chi=12+duong+Vi+Du&lien_he=0900000123&giu_bi_mat=1&cam_ket=1&khoa=" .. key
  return wrk.format("POST", "/gui-phan-anh?loai=hanh_vi", {
    ["Content-Type"] = "application/x-www-form-urlencoded", ["Accept"] = "application/json", ["Sec-Fetch-Site"] = "same-origin" }, body)
end
function done(summary, latency)
  io.write(string.format("failed %d\n", summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout))
end
